package dev.sluice.contracts.event;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// The one way a point in time is written between services: RFC 3339 in UTC with six decimals.
public final class Timestamps {

    private static final byte[] SHAPE =
            "0000-00-00T00:00:00.000000Z".getBytes(StandardCharsets.US_ASCII);

    /// Length of a time without a fraction and zone.
    private static final int SECONDS = 19;

    private static final DateTimeFormatter ANY_YEAR =
            new DateTimeFormatterBuilder()
                    .appendPattern("uuuu-MM-dd'T'HH:mm:ss")
                    .appendFraction(ChronoField.MICRO_OF_SECOND, 6, 6, true)
                    .appendLiteral('Z')
                    .toFormatter()
                    .withZone(ZoneOffset.UTC);

    private Timestamps() {}

    /// Digit by digit, since every event has some and a formatter takes many times as long.
    public static String format(Instant instant) {
        LocalDateTime time =
                LocalDateTime.ofEpochSecond(
                        instant.getEpochSecond(), instant.getNano(), ZoneOffset.UTC);
        if (time.getYear() < 0 || time.getYear() > 9999) {
            return ANY_YEAR.format(instant);
        }
        byte[] text = SHAPE.clone();
        digits(text, 0, 4, time.getYear());
        digits(text, 5, 7, time.getMonthValue());
        digits(text, 8, 10, time.getDayOfMonth());
        digits(text, 11, 13, time.getHour());
        digits(text, 14, 16, time.getMinute());
        digits(text, 17, 19, time.getSecond());
        digits(text, 20, 26, time.getNano() / 1000);
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    private static void digits(byte[] text, int from, int to, int number) {
        int rest = number;
        for (int at = to - 1; at >= from; at--) {
            text[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    /// Reads RFC 3339 with any offset and up to nine decimals; what is finer than a microsecond is
    /// cut off. Empty when the text is not such a time.
    public static Optional<Instant> parse(String text) {
        try {
            Instant plain = plain(text);
            return Optional.of(
                    plain == null
                            ? OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MICROS)
                            : plain);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /// The most common form, in UTC with seconds and four digits of the year, digit by digit; null
    /// if it is another one.
    private static @Nullable Instant plain(String text) {
        int end = text.length() - 1;
        if (end < SECONDS || end > SECONDS + 10 || !isShaped(text, end)) {
            return null;
        }
        int micros = 0;
        for (int at = SECONDS + 1; at <= SECONDS + 6; at++) {
            micros = 10 * micros + (at < end ? text.charAt(at) - '0' : 0);
        }
        return LocalDateTime.of(
                        number(text, 0, 4),
                        number(text, 5, 7),
                        number(text, 8, 10),
                        number(text, 11, 13),
                        number(text, 14, 16),
                        number(text, 17, SECONDS),
                        1_000 * micros)
                .toInstant(ZoneOffset.UTC);
    }

    private static boolean isShaped(String text, int end) {
        if (text.charAt(end) != 'Z' || end == SECONDS + 1) {
            return false;
        }
        for (int at = 0; at < end; at++) {
            char unit = text.charAt(at);
            int shape = at < SHAPE.length - 1 ? SHAPE[at] : '0';
            if (shape == '0' ? unit < '0' || unit > '9' : unit != shape) {
                return false;
            }
        }
        return true;
    }

    private static int number(String text, int from, int to) {
        int number = 0;
        for (int at = from; at < to; at++) {
            number = 10 * number + text.charAt(at) - '0';
        }
        return number;
    }
}
