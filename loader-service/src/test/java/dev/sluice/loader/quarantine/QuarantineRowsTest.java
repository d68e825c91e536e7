package dev.sluice.loader.quarantine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contracts.rejection.QuarantineId;
import dev.sluice.contracts.rejection.QuarantineRecord;
import dev.sluice.contracts.rejection.Rejection;
import dev.sluice.contracts.rejection.Violation;
import dev.sluice.loader.Fixtures;
import dev.sluice.loader.process.Row;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;

class QuarantineRowsTest {

    @Test
    void saysWhoseTheEventIsAndWhichSdkSentIt() {
        Row canonical =
                row(
                        Refused.event(
                                1,
                                """
                                {"anonymous_id":"a","user_id":7,
                                 "context":{"library":{"name":"sdk","version":"1.2"}}}"""));
        Row foreign = row(Refused.event(1, "{\"anonymousId\":\"b\",\"userId\":\"u\"}"));

        assertThat(text(canonical, "anonymous_id")).isEqualTo("a");
        assertThat(text(canonical, "user_id")).isEqualTo("7");
        assertThat(text(canonical, "sdk_name")).isEqualTo("sdk");
        assertThat(text(canonical, "sdk_version")).isEqualTo("1.2");
        assertThat(text(foreign, "anonymous_id")).isEqualTo("b");
        assertThat(text(foreign, "user_id")).isEqualTo("u");
    }

    @Test
    void hasARowForWhateverWasSent() {
        for (String body : List.of("", "{", "[]", "7", "null", "{\"context\":3,\"user_id\":{}}")) {
            Row row = row(Refused.event(1, body));

            assertThat(text(row, "user_id")).isNull();
            assertThat(text(row, "original")).isEqualTo(body.isEmpty() ? null : body);
            assertThat(text(row, "reason")).isEqualTo("contract_violation");
        }
    }

    @Test
    void leavesWhatIsPersonalInAnOriginalToTheObject() {
        assertThat(
                        text(
                                row(
                                        Refused.event(
                                                1,
                                                "{\"a\":1.50,\"note\":\"mail eva@mail.example\",\"email\":\"eva@mail.example\"}")),
                                "original"))
                .isEqualTo("{\"a\":1.50,\"note\":\"mail [email]\",\"email\":\"[email]\"}");
        assertThat(text(row(Refused.event(1, "{\"broken\": \"eva@mail.example")), "original"))
                .isEqualTo("{\"broken\": \"[email]");
    }

    @Test
    void leavesAnOriginalThatIsNoTextOrTooLongToTheObject() {
        assertThat(text(row(Refused.frame(1, (byte) 0xFF)), "original")).isNull();
        assertThat(text(row(Refused.event(1, "a\0b")), "original")).isNull();
        assertThat(text(row(Refused.event(1, "x".repeat(65_536))), "original")).isNull();
        assertThat(text(row(Refused.event(1, "x".repeat(65_535))), "original")).hasSize(65_535);
    }

    @Test
    void cutsWhatIsTooLongBetweenCharacters() {
        QuarantineRecord refused = refused("€".repeat(3_000), List.of());

        assertThat(text(row(refused), "message")).isEqualTo("€".repeat(2_730));
    }

    @Test
    void hasAsManyViolationsAsThereIsRoomFor() {
        Violation violation = new Violation("/a", "\0" + "x".repeat(1_000));
        Row row = row(refused("m", Collections.nCopies(500, violation)));

        assertThat(text(row, "violations"))
                .hasSizeBetween(30_000, 65_535)
                .startsWith("[{")
                .endsWith("}]");
    }

    private static QuarantineRecord refused(String message, List<Violation> violations) {
        return new QuarantineRecord(
                new QuarantineId("s", "s", "1", 0).toString(),
                "validator",
                new Rejection.Malformed(message).reason(),
                message,
                violations,
                null,
                null,
                null,
                Fixtures.RECEIVED,
                new byte[0],
                null);
    }

    private static Row row(QuarantineRecord refused) {
        return QuarantineRows.row(refused, "quarantine/o");
    }

    private static @Nullable String text(Row row, String column) {
        int index =
                QuarantineRows.LAYOUT.columns().stream()
                        .map(each -> each.name())
                        .toList()
                        .indexOf(column);
        return row.values()[index] instanceof byte[] bytes
                ? new String(bytes, StandardCharsets.UTF_8)
                : null;
    }
}
