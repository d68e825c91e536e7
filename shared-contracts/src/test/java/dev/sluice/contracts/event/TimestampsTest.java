package dev.sluice.contracts.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.SplittableRandom;

class TimestampsTest {

    @ParameterizedTest
    @CsvSource({
        "2026-11-21T10:00:00Z, 2026-11-21T10:00:00Z",
        "2026-11-21T12:30:00.5+02:30, 2026-11-21T10:00:00.5Z",
        "2026-11-21T10:00:00.123456789Z, 2026-11-21T10:00:00.123456Z",
    })
    void readsAnyOffsetAndPrecision(String text, Instant expected) {
        assertThat(Timestamps.parse(text)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yesterday", "2026-11-21", "2026-11-21 10:00:00", "1763719200"})
    void findsNoTimeInAnythingElse(String text) {
        assertThat(Timestamps.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-02T03:04:05Z, 2026-01-02T03:04:05.000000Z",
        "2024-02-29T23:59:59.999999999Z, 2024-02-29T23:59:59.999999Z",
        "1969-12-31T23:59:59.000001Z, 1969-12-31T23:59:59.000001Z",
        "0000-01-01T00:00:00Z, 0000-01-01T00:00:00.000000Z",
        "9999-12-31T23:59:59.1Z, 9999-12-31T23:59:59.100000Z",
        "+10000-01-01T00:00:00Z, +10000-01-01T00:00:00.000000Z",
        "-0001-12-31T23:00:00Z, -0001-12-31T23:00:00.000000Z",
    })
    void writesSixDecimalsOfAnyYear(Instant instant, String text) {
        assertThat(Timestamps.format(instant)).isEqualTo(text);
    }

    @Test
    void readsWhatItWrites() {
        SplittableRandom random = new SplittableRandom(7);
        long first = Instant.parse("-0100-01-01T00:00:00Z").getEpochSecond();
        long last = Instant.parse("+10100-01-01T00:00:00Z").getEpochSecond();
        for (int i = 0; i < 100_000; i++) {
            Instant instant =
                    Instant.ofEpochSecond(
                            random.nextLong(first, last), random.nextLong(1_000_000_000));
            assertThat(Timestamps.parse(Timestamps.format(instant)))
                    .contains(instant.truncatedTo(ChronoUnit.MICROS));
        }
    }

    @Test
    void readsTheSameAsTheLibraryOfWhateverLooksLikeATime() {
        SplittableRandom random = new SplittableRandom(11);
        String units = "0123456789-:.TZtz+ ";
        for (int i = 0; i < 200_000; i++) {
            String time =
                    "2026-12-31T23:59:59.123456789".substring(0, random.nextInt(16, 30)) + 'Z';
            StringBuilder text = new StringBuilder(time);
            for (int changes = random.nextInt(3); changes > 0; changes--) {
                int at = random.nextInt(text.length());
                text.setCharAt(at, units.charAt(random.nextInt(units.length())));
            }
            assertThat(Timestamps.parse(text.toString()))
                    .as(text.toString())
                    .isEqualTo(library(text.toString()));
        }
    }

    private static Optional<Instant> library(String text) {
        try {
            return Optional.of(
                    OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MICROS));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
