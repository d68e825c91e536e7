package dev.sluice.loader.derived;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contracts.derived.SessionChange;
import dev.sluice.contracts.rejection.Rejection;
import dev.sluice.loader.Fixtures;
import dev.sluice.loader.process.Row;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

class DerivedTablesTest {

    private static final long MICROS = ChronoUnit.MICROS.between(Instant.EPOCH, Fixtures.RECEIVED);

    @Test
    void aSessionIsARowWithItsLength() {
        Row row = DerivedTables.SESSIONS.row(Found.session("s1", 3), Fixtures.RECEIVED);

        assertThat(value(row, "session_id")).isEqualTo("s1");
        assertThat(value(row, "revision")).isEqualTo(3L);
        assertThat(value(row, "started_at")).isEqualTo(MICROS);
        assertThat(value(row, "duration_seconds")).isEqualTo(120.0);
        assertThat(value(row, "events")).isEqualTo(3L);
        assertThat(value(row, "exit_page")).isEqualTo("https://shop.example/3");
        assertThat(value(row, "client_session_id")).isNull();
        assertThat(value(row, "is_closed")).isEqualTo(false);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, 0, true",
        "4, 1, 0, true",
        "1, 0, 0, true",
        "4, 0, 0, false",
        "2, 2, 0, false",
        "1, 1, 1, false"
    })
    void aBounceIsOnePageOrOneEventAndNoConversion(
            int events, int pages, int conversions, boolean bounce) {
        Row row =
                DerivedTables.SESSIONS.row(session(events, pages, conversions), Fixtures.RECEIVED);

        assertThat(value(row, "is_bounce")).isEqualTo(bounce);
    }

    @Test
    void aLinkIsARow() {
        Row row = DerivedTables.IDENTITIES.row(Found.link("a1", "p1", 0), Fixtures.RECEIVED);

        StringBuilder values = new StringBuilder();
        for (Object value : row.values()) {
            values.append(value instanceof byte[] text ? utf8(text) : value).append(' ');
        }
        assertThat(values.toString())
                .isEqualTo("acme anonymous a1 p1 a1-own " + MICROS + " login-0 false ");
    }

    @Test
    void textForPeopleIsCut() {
        SessionChange long_ = withPage("ü".repeat(3_000));

        assertThat(DerivedTables.SESSIONS.refusal(long_)).isEmpty();
        assertThat(value(DerivedTables.SESSIONS.row(long_, Fixtures.RECEIVED), "entry_page"))
                .isEqualTo("ü".repeat(2_048));
    }

    @Test
    void anIdThatIsTooLongIsRefusedWithoutItsValue() {
        assertThat(DerivedTables.SESSIONS.refusal(Found.session("x".repeat(257), 1)))
                .contains(
                        new Rejection.DoesNotFit(
                                "sessions.session_id", "holds 1 to 256 bytes of text without NUL"));
        assertThat(DerivedTables.SESSIONS.refusal(Found.session("x".repeat(256), 1))).isEmpty();
        assertThat(DerivedTables.IDENTITIES.refusal(Found.link("a\0b", "p", 0))).isPresent();
        assertThat(DerivedTables.IDENTITIES.refusal(Found.link("", "p", 0))).isPresent();
    }

    private static SessionChange session(int events, int pages, int conversions) {
        SessionChange some = Found.session("s1", 1);
        return new SessionChange(
                some.tenantId(),
                some.sessionId(),
                1,
                null,
                null,
                null,
                null,
                1,
                some.startedAt(),
                some.endedAt(),
                events,
                pages,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                false,
                conversions,
                true);
    }

    private static SessionChange withPage(String page) {
        SessionChange some = Found.session("s1", 1);
        return new SessionChange(
                some.tenantId(),
                some.sessionId(),
                1,
                null,
                null,
                null,
                null,
                1,
                some.startedAt(),
                some.endedAt(),
                1,
                1,
                page,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                false,
                0,
                true);
    }

    private static @Nullable Object value(Row row, String column) {
        int index =
                DerivedTables.SESSIONS.columns().stream()
                        .map(each -> each.column().name())
                        .toList()
                        .indexOf(column);
        Object value = row.values()[index];
        return value instanceof byte[] text ? utf8(text) : value;
    }

    private static String utf8(byte[] text) {
        return new String(text, StandardCharsets.UTF_8);
    }
}
