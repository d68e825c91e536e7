package dev.sluice.quarantine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;

class BodyEditTest {

    private final BodyEdit edit = new BodyEdit();

    @Test
    void setsJsonOrElseText() {
        edit.set("/a=1.50");
        edit.set("/b=EUR");
        edit.set("/c/d=[true]");
        edit.set("/e=\"7\"");
        edit.set("/f==x=y");

        assertThat(edited("{\"a\":\"x\",\"g\":1}"))
                .isEqualTo(
                        "{\"a\":1.50,\"g\":1,\"b\":\"EUR\",\"c\":{\"d\":[true]},\"e\":\"7\",\"f\":\"=x=y\"}");
    }

    @Test
    void renamesWhereThereIsSomethingToRenameAndNothingInItsPlace() {
        edit.rename("/properties/amount=/properties/total");

        assertThat(edited("{\"properties\":{\"amount\":1}}"))
                .isEqualTo("{\"properties\":{\"total\":1}}");
        assertThat(edited("{\"properties\":{\"amount\":1,\"total\":2}}"))
                .isEqualTo("{\"properties\":{\"amount\":1,\"total\":2}}");
        assertThat(edited("{\"properties\":{}}")).isEqualTo("{\"properties\":{}}");
        assertThat(edited("{}")).isEqualTo("{}");
    }

    @Test
    void leavesNumbersAsExactAsTheyWere() {
        edit.drop("/x");
        String body = "{\"price\":12345678901234.123456789,\"n\":12345678901234567890123}";

        assertThat(edited(body)).isEqualTo(body);
    }

    @Test
    void dropsWhatIsThere() {
        edit.drop("/a/b");
        edit.drop("/c");

        assertThat(edited("{\"a\":{\"b\":1,\"x\":2},\"c\":3}")).isEqualTo("{\"a\":{\"x\":2}}");
        assertThat(edited("{\"a\":7}")).isEqualTo("{\"a\":7}");
    }

    @Test
    void leavesAValueAloneThatIsNoObjectOnTheWay() {
        edit.set("/a/b/c=1");

        assertThat(edited("{\"a\":7}")).isEqualTo("{\"a\":7}");
        assertThat(edited("{\"a\":{\"b\":[]}}")).isEqualTo("{\"a\":{\"b\":[]}}");
    }

    @Test
    void makesItsChangesInTheirOrder() {
        edit.rename("/a=/b");
        edit.set("/a=2");
        edit.schema("1-0-1");

        assertThat(edited("{\"a\":1}")).isEqualTo("{\"b\":1,\"a\":2,\"schema_version\":\"1-0-1\"}");
    }

    @Test
    void changesNothingThatIsNoObject() {
        edit.drop("/a");

        for (String body : new String[] {"", "{", "[]", "7", "null"}) {
            assertThat(edit.apply(body.getBytes(StandardCharsets.UTF_8))).isEmpty();
        }
    }

    @Test
    void saysWhatIsWrongWithAChange() {
        assertThatThrownBy(() -> edit.set("/a")).hasMessageContaining("'/a' is not a place and");
        assertThatThrownBy(() -> edit.set("a=1")).hasMessageContaining("'a' is no place");
        assertThatThrownBy(() -> edit.rename("/a")).hasMessageContaining("is not two places");
        assertThatThrownBy(() -> edit.drop("")).hasMessageContaining("name a property");
    }

    private String edited(String body) {
        return new String(
                edit.apply(body.getBytes(StandardCharsets.UTF_8)).orElseThrow(),
                StandardCharsets.UTF_8);
    }
}
