package dev.sluice.local.redshift.copy;

import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.jspecify.annotations.Nullable;

import tools.jackson.core.io.JsonStringEncoder;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Writes the values of one Parquet column as COPY text.
final class ParquetValue extends PrimitiveConverter {

    /// Julian day number of 1970-01-01, the epoch of INT96 timestamps.
    private static final long JULIAN_EPOCH_DAY = 2_440_588;

    private static final long MICROS_PER_DAY = 86_400_000_000L;

    private final ParquetRows rows;
    private final int column;
    private final boolean int96;
    private final boolean jsonString;
    private final CopyText out;
    private final @Nullable LogicalTypeAnnotation logical;

    ParquetValue(
            ParquetRows rows, int column, PrimitiveType type, boolean jsonString, CopyText out) {
        this.rows = rows;
        this.column = column;
        this.int96 = type.getPrimitiveTypeName() == PrimitiveTypeName.INT96;
        this.logical = type.getLogicalTypeAnnotation();
        this.jsonString = jsonString;
        this.out = out;
    }

    @Override
    public void addBinary(Binary value) {
        rows.startColumn(column);
        if (logical instanceof DecimalLogicalTypeAnnotation decimal) {
            out.ascii(
                    new BigDecimal(new BigInteger(value.getBytes()), decimal.getScale())
                            .toPlainString());
        } else if (int96) {
            ByteBuffer bytes = value.toByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
            long nanosOfDay = bytes.getLong();
            out.timestamp((bytes.getInt() - JULIAN_EPOCH_DAY) * MICROS_PER_DAY + nanosOfDay / 1000);
        } else if (jsonString) {
            byte[] quoted = JsonStringEncoder.getInstance().quoteAsUTF8(value.toStringUsingUTF8());
            out.ascii("\"");
            out.text(quoted);
            out.ascii("\"");
        } else {
            ByteBuffer bytes = value.toByteBuffer();
            if (bytes.hasArray()) {
                out.text(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
            } else {
                out.text(value.getBytes());
            }
        }
    }

    @Override
    public void addBoolean(boolean value) {
        rows.startColumn(column);
        if (jsonString) {
            out.ascii(Boolean.toString(value));
        } else {
            out.bool(value);
        }
    }

    @Override
    public void addDouble(double value) {
        rows.startColumn(column);
        out.ascii(Double.toString(value));
    }

    @Override
    public void addFloat(float value) {
        rows.startColumn(column);
        out.ascii(Float.toString(value));
    }

    @Override
    public void addInt(int value) {
        rows.startColumn(column);
        if (logical instanceof DateLogicalTypeAnnotation) {
            out.date(value);
        } else if (logical instanceof DecimalLogicalTypeAnnotation decimal) {
            out.ascii(BigDecimal.valueOf(value, decimal.getScale()).toPlainString());
        } else {
            out.number(value);
        }
    }

    @Override
    public void addLong(long value) {
        rows.startColumn(column);
        if (logical instanceof TimestampLogicalTypeAnnotation timestamp) {
            out.timestamp(
                    timestamp.getUnit() == TimeUnit.MILLIS
                            ? Math.multiplyExact(value, 1000L)
                            : value);
        } else if (logical instanceof DecimalLogicalTypeAnnotation decimal) {
            out.ascii(BigDecimal.valueOf(value, decimal.getScale()).toPlainString());
        } else {
            out.number(value);
        }
    }
}
