package dev.sluice.loader.sink.clickhouse;

import dev.sluice.contracts.table.Column;
import dev.sluice.contracts.table.ColumnType;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;

/// A column of the warehouse's table as ClickHouse has it.
record ClickHouseColumn(String name, ColumnType type, boolean nullable) {

    static ClickHouseColumn of(Column column) {
        return new ClickHouseColumn(column.name(), column.type(), !column.notNull());
    }

    /// The type as `system.columns` shows it.
    String sql() {
        String plain =
                switch (type) {
                    case ColumnType.Varchar _, ColumnType.Super _ -> "String";
                    case ColumnType.Bigint _ -> "Int64";
                    case ColumnType.Int _ -> "Int32";
                    case ColumnType.Decimal(int precision, int scale) ->
                            "Decimal(" + precision + ", " + scale + ")";
                    case ColumnType.DoublePrecision _ -> "Float64";
                    case ColumnType.Bool _ -> "Bool";
                    case ColumnType.Timestamp _ -> "DateTime64(6, 'UTC')";
                };
        return nullable ? "Nullable(" + plain + ")" : plain;
    }

    String declaration() {
        return "`" + name + "` " + sql();
    }

    /// @param value as rows have it
    void write(RowBinary out, @Nullable Object value) {
        if (nullable) {
            out.int8(value == null ? 1 : 0);
        }
        switch (value) {
            case null -> {}
            case byte[] utf8 -> out.string(utf8);
            case Long number when type instanceof ColumnType.Int -> out.int32(number.intValue());
            case Long number -> out.int64(number);
            case Double number -> out.int64(Double.doubleToRawLongBits(number));
            case Boolean truth -> out.int8(truth ? 1 : 0);
            case BigDecimal number when type instanceof ColumnType.Decimal decimal ->
                    out.decimal(number.unscaledValue(), decimal.precision());
            default ->
                    throw new IllegalArgumentException(
                            "no row has a " + value.getClass() + " in column " + name);
        }
    }
}
