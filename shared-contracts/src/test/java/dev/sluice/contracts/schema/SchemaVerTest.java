package dev.sluice.contracts.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.stream.Stream;

class SchemaVerTest {

    @Test
    void readsAndWritesTheSameText() {
        assertThat(SchemaVer.parse("12-0-9999")).isEqualTo(new SchemaVer(12, 0, 9999));
        assertThat(SchemaVer.parse("12-0-9999")).hasToString("12-0-9999");
    }

    @Test
    void ordersByNumberNotByText() {
        Stream<SchemaVer> mixed =
                Stream.of("10-0-0", "2-0-0", "1-10-0", "1-2-0", "1-2-11", "1-2-9")
                        .map(SchemaVer::parse);
        assertThat(mixed.sorted().map(SchemaVer::toString))
                .containsExactly("1-2-0", "1-2-9", "1-2-11", "1-10-0", "2-0-0", "10-0-0");
    }

    @ParameterizedTest
    @CsvSource({
        "'', not model-revision-addition",
        "1-0, not model-revision-addition",
        "1.0.0, not model-revision-addition",
        "1-0-0-0, not model-revision-addition",
        "1-0-x, not model-revision-addition",
        "1-0-10000, at most 4 digits",
        "-1-0-0, not model-revision-addition",
        "0-0-0, model must be 1 to 9999",
        "1-01-0, leading zero",
        "01-0-0, leading zero"
    })
    void saysWhatIsWrong(String text, String problem) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SchemaVer.parse(text))
                .withMessageContaining(problem);
    }

    @Test
    void cutsALongTextInTheMessage() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SchemaVer.parse("9".repeat(5000)))
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(160));
    }
}
