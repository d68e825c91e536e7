package dev.sluice.loader.process;

import dev.sluice.contracts.event.Timestamps;
import dev.sluice.contracts.table.ColumnType;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// Reads the value a parser stands on as what a column holds, exactly or not at all.
final class ValueReader {

    private ValueReader() {}

    /// The value for the column; null for JSON null. Not for SUPER, which takes any value whole.
    ///
    /// @throws MisfitException if the column cannot hold exactly this value
    static @Nullable Object read(JsonParser parser, TargetColumn column) throws MisfitException {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        if (!parser.currentToken().isScalarValue()) {
            throw misfit(column, "expected one value, not a list or an object");
        }
        return switch (column.type()) {
            case ColumnType.Varchar(int bytes) -> text(parser.getString(), bytes, column);
            case ColumnType.Bigint _ -> whole(parser, column, Long.MIN_VALUE, Long.MAX_VALUE);
            case ColumnType.Int _ -> whole(parser, column, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case ColumnType.Decimal(int precision, int scale) ->
                    decimal(parser, column, precision, scale);
            case ColumnType.DoublePrecision _ -> real(parser, column);
            case ColumnType.Bool _ -> bool(parser, column);
            case ColumnType.Timestamp _ -> timestamp(parser, column);
            case ColumnType.Super _ ->
                    throw new IllegalArgumentException("a SUPER value is read whole");
        };
    }

    /// Text as the warehouse takes it.
    static byte[] text(String value, int maxBytes, TargetColumn column) throws MisfitException {
        if (value.indexOf('\0') >= 0) {
            throw misfit(column, "the character U+0000 cannot be stored");
        }
        if (!UnicodeText.isWellFormed(value)) {
            throw misfit(column, UnicodeText.LONE_SURROGATE);
        }
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        if (utf8.length > maxBytes) {
            throw misfit(
                    column,
                    "holds %d bytes of UTF-8, the value has %d".formatted(maxBytes, utf8.length));
        }
        return utf8;
    }

    private static Long whole(JsonParser parser, TargetColumn column, long min, long max)
            throws MisfitException {
        BigDecimal number = number(parser, column);
        BigInteger value;
        try {
            value = bounded(number, column).toBigIntegerExact();
        } catch (ArithmeticException e) {
            throw misfit(column, "expected a whole number");
        }
        if (value.compareTo(BigInteger.valueOf(min)) < 0
                || value.compareTo(BigInteger.valueOf(max)) > 0) {
            throw misfit(column, "expected a number from " + min + " to " + max);
        }
        return value.longValueExact();
    }

    private static BigDecimal decimal(
            JsonParser parser, TargetColumn column, int precision, int scale)
            throws MisfitException {
        try {
            BigDecimal value =
                    bounded(number(parser, column), column)
                            .setScale(scale, RoundingMode.UNNECESSARY);
            if (value.precision() <= precision) {
                return value;
            }
        } catch (ArithmeticException e) {
            throw misfit(column, "expected at most " + scale + " digits after the point");
        }
        throw misfit(
                column, "expected at most " + (precision - scale) + " digits before the point");
    }

    /// Refuses exponents whose plain digits would fill the memory.
    private static BigDecimal bounded(BigDecimal number, TargetColumn column)
            throws MisfitException {
        if (Math.abs((long) number.scale()) > 400 || number.precision() > 400) {
            throw misfit(column, "the number has too many digits");
        }
        return number;
    }

    private static Double real(JsonParser parser, TargetColumn column) throws MisfitException {
        double value = number(parser, column).doubleValue();
        if (Double.isInfinite(value)) {
            throw misfit(column, "the number exceeds 64-bit floating point");
        }
        return value;
    }

    private static BigDecimal number(JsonParser parser, TargetColumn column)
            throws MisfitException {
        if (!parser.currentToken().isNumeric()) {
            throw misfit(column, "expected a number");
        }
        return parser.getDecimalValue();
    }

    private static Boolean bool(JsonParser parser, TargetColumn column) throws MisfitException {
        return switch (parser.currentToken()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> throw misfit(column, "expected true or false");
        };
    }

    private static Long timestamp(JsonParser parser, TargetColumn column) throws MisfitException {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            Instant instant = Timestamps.parse(parser.getString()).orElse(null);
            if (instant != null) {
                return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
            }
        }
        throw misfit(column, "expected a time such as 2026-11-21T10:00:00.123456Z");
    }

    private static MisfitException misfit(TargetColumn column, String expected) {
        return new MisfitException(column.name(), expected);
    }
}
