package dev.sluice.contracts.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContractIdTest {

    private static final SchemaVer FIRST = new SchemaVer(1, 0, 0);

    @Test
    void printsAsThePlaceOfItsFile() {
        assertThat(new ContractId("page_view", FIRST)).hasToString("page_view/1-0-0");
    }

    @Test
    void takesNamesOfUpToSixtyFourCharacters() {
        assertThat(EventTypeId.isEventType("a" + "_".repeat(63))).isTrue();
        assertThat(EventTypeId.isEventType("a" + "_".repeat(64))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Page View",
                "pageView",
                "1st",
                "_x",
                "page-view",
                "../x",
                "page_view\n"
            })
    void refusesOtherNames(String name) {
        assertThat(EventTypeId.isEventType(name)).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> new ContractId(name, FIRST));
    }
}
