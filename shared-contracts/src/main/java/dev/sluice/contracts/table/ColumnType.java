package dev.sluice.contracts.table;

import java.util.Locale;
import java.util.regex.Matcher;

/// Type of a column in Amazon Redshift, after its documentation of data types.
public sealed interface ColumnType {

    /// Text of at most `bytes` bytes of UTF-8, not characters.
    record Varchar(int bytes) implements ColumnType {
        /// Longest text a column of Redshift holds, in bytes.
        public static final int MAX_BYTES = 65_535;

        public Varchar {
            require(
                    bytes >= 1 && bytes <= MAX_BYTES,
                    "VARCHAR holds 1 to 65535 bytes, not " + bytes);
        }

        @Override
        public String sql() {
            return "VARCHAR(" + bytes + ")";
        }
    }

    /// Whole number of 64 bits.
    record Bigint() implements ColumnType {
        @Override
        public String sql() {
            return "BIGINT";
        }
    }

    /// Whole number of 32 bits.
    record Int() implements ColumnType {
        @Override
        public String sql() {
            return "INTEGER";
        }
    }

    /// Exact number of `precision` digits, 1 to 38, of which `scale`, 0 to 37, are after the point.
    record Decimal(int precision, int scale) implements ColumnType {
        public Decimal {
            require(
                    precision >= 1 && precision <= 38 && scale >= 0 && scale <= 37,
                    "DECIMAL has 1 to 38 digits, at most 37 after the point");
            require(scale <= precision, "DECIMAL has more digits after the point than in all");
        }

        @Override
        public String sql() {
            return "DECIMAL(" + precision + "," + scale + ")";
        }
    }

    /// IEEE 754 number of 64 bits.
    record DoublePrecision() implements ColumnType {
        @Override
        public String sql() {
            return "DOUBLE PRECISION";
        }
    }

    /// True or false.
    record Bool() implements ColumnType {
        @Override
        public String sql() {
            return "BOOLEAN";
        }
    }

    /// Moment in UTC, to the microsecond, without a zone.
    record Timestamp() implements ColumnType {
        @Override
        public String sql() {
            return "TIMESTAMP";
        }
    }

    /// Any JSON value.
    record Super() implements ColumnType {
        @Override
        public String sql() {
            return "SUPER";
        }

        @Override
        public String stagingSql() {
            return new Varchar(Varchar.MAX_BYTES).sql();
        }
    }

    /// The type as DDL of the real table writes it.
    String sql();

    /// The type as DDL of the staging table writes it: `SUPER` is staged as its JSON text, since a
    /// COPY from Parquet loads text only into VARCHAR.
    default String stagingSql() {
        return sql();
    }

    /// Reads the type as contracts write it, in either case.
    ///
    /// @throws IllegalArgumentException saying what is wrong with `text`
    static ColumnType parse(String text) {
        Matcher matcher = Form.OF_A_TYPE.matcher(text.strip().toUpperCase(Locale.ROOT));
        require(matcher.matches(), "unknown column type " + text);
        String name = matcher.group("name").replaceAll("\\s+", " ");
        int first = Form.number(matcher.group("first"));
        int second = Form.number(matcher.group("second"));
        return switch (name + "/" + (first < 0 ? 0 : second < 0 ? 1 : 2)) {
            case "VARCHAR/1" -> new Varchar(first);
            case "BIGINT/0" -> new Bigint();
            case "INT/0", "INTEGER/0" -> new Int();
            case "DECIMAL/2" -> new Decimal(first, second);
            case "DOUBLE PRECISION/0" -> new DoublePrecision();
            case "BOOLEAN/0" -> new Bool();
            case "TIMESTAMP/0" -> new Timestamp();
            case "SUPER/0" -> new Super();
            default -> throw new IllegalArgumentException("unknown column type " + text);
        };
    }

    private static void require(boolean holds, String problem) {
        if (!holds) {
            throw new IllegalArgumentException(problem);
        }
    }
}
