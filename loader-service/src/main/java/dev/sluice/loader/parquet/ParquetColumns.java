package dev.sluice.loader.parquet;

import dev.sluice.contracts.table.Column;
import dev.sluice.contracts.table.ColumnType;

import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;
import org.apache.parquet.schema.Types.PrimitiveBuilder;

import java.math.BigDecimal;
import java.util.List;

/// How each column type is written: text and JSON as strings, whole numbers as INT32 and INT64,
/// timestamps as INT64 microseconds in UTC (Redshift reads nanoseconds as garbage), decimals as
/// their unscaled value in INT64, or in 16 bytes from 19 digits on.
final class ParquetColumns {

    /// The most digits of a decimal that fit 64 bits.
    private static final int LONG_DIGITS = 18;

    private static final int WIDE_DECIMAL_BYTES = 16;

    private ParquetColumns() {}

    static MessageType schema(List<Column> columns) {
        Type[] fields = columns.stream().map(ParquetColumns::field).toArray(Type[]::new);
        return new MessageType("event", fields);
    }

    private static Type field(Column column) {
        return switch (column.type()) {
            case ColumnType.Varchar _, ColumnType.Super _ ->
                    as(column, PrimitiveTypeName.BINARY)
                            .as(LogicalTypeAnnotation.stringType())
                            .named(column.name());
            case ColumnType.Bigint _ -> as(column, PrimitiveTypeName.INT64).named(column.name());
            case ColumnType.Int _ -> as(column, PrimitiveTypeName.INT32).named(column.name());
            case ColumnType.Decimal(int precision, int scale) when precision <= LONG_DIGITS ->
                    as(column, PrimitiveTypeName.INT64)
                            .as(LogicalTypeAnnotation.decimalType(scale, precision))
                            .named(column.name());
            case ColumnType.Decimal(int precision, int scale) ->
                    as(column, PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY)
                            .length(WIDE_DECIMAL_BYTES)
                            .as(LogicalTypeAnnotation.decimalType(scale, precision))
                            .named(column.name());
            case ColumnType.DoublePrecision _ ->
                    as(column, PrimitiveTypeName.DOUBLE).named(column.name());
            case ColumnType.Bool _ -> as(column, PrimitiveTypeName.BOOLEAN).named(column.name());
            case ColumnType.Timestamp _ ->
                    as(column, PrimitiveTypeName.INT64)
                            .as(LogicalTypeAnnotation.timestampType(true, TimeUnit.MICROS))
                            .named(column.name());
        };
    }

    private static PrimitiveBuilder<? extends Type> as(Column column, PrimitiveTypeName type) {
        return column.notNull() ? Types.required(type) : Types.optional(type);
    }

    /// Writes a value that a row holds for a column of this type.
    static void write(RecordConsumer out, ColumnType type, Object value) {
        switch (type) {
            case ColumnType.Varchar _, ColumnType.Super _ ->
                    out.addBinary(Binary.fromConstantByteArray((byte[]) value));
            case ColumnType.Bigint _, ColumnType.Timestamp _ -> out.addLong((Long) value);
            case ColumnType.Int _ -> out.addInteger(((Long) value).intValue());
            case ColumnType.Decimal(int precision, int _) ->
                    decimal(out, precision, (BigDecimal) value);
            case ColumnType.DoublePrecision _ -> out.addDouble((Double) value);
            case ColumnType.Bool _ -> out.addBoolean((Boolean) value);
        }
    }

    private static void decimal(RecordConsumer out, int precision, BigDecimal value) {
        if (precision <= LONG_DIGITS) {
            out.addLong(value.unscaledValue().longValueExact());
            return;
        }
        byte[] digits = value.unscaledValue().toByteArray();
        byte[] padded = new byte[WIDE_DECIMAL_BYTES];
        if (value.signum() < 0) {
            java.util.Arrays.fill(padded, (byte) 0xFF);
        }
        System.arraycopy(digits, 0, padded, padded.length - digits.length, digits.length);
        out.addBinary(Binary.fromConstantByteArray(padded));
    }
}
