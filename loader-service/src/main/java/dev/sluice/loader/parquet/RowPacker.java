package dev.sluice.loader.parquet;

import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// Packs the records that Parquet reads, value by value as they come.
final class RowPacker extends RecordMaterializer<PackedRow> {

    private static final int FIRST_SIZE = 4096;
    private static final int NOWHERE = -1;

    private final PackedSchema schema;
    private final Converter[] converters;

    /// Which column is the n-th of the key.
    private final int[] keyColumns;

    /// Where the values of the columns of the key are in `values`; NOWHERE if missing.
    private final int[] starts;

    private final int[] ends;
    private ByteBuffer values = ByteBuffer.allocate(FIRST_SIZE);

    /// @param read the columns that are read
    RowPacker(PackedSchema schema, MessageType read) {
        this.schema = schema;
        this.converters =
                read.getFields().stream()
                        .map(field -> new Column(schema.type().getFieldIndex(field.getName())))
                        .toArray(Converter[]::new);
        this.keyColumns = schema.key().stream().mapToInt(schema.type()::getFieldIndex).toArray();
        this.starts = new int[schema.type().getFieldCount()];
        this.ends = new int[starts.length];
    }

    @Override
    public PackedRow getCurrentRecord() {
        int keyLength = 0;
        for (int column : keyColumns) {
            keyLength += keyBytes(column);
        }
        ByteBuffer row = ByteBuffer.allocate(keyLength + values.position());
        for (int column : keyColumns) {
            appendKey(row, column);
        }
        row.put(values.array(), 0, values.position());
        return new PackedRow(row.array(), keyLength);
    }

    @Override
    public GroupConverter getRootConverter() {
        return new GroupConverter() {
            @Override
            public Converter getConverter(int field) {
                return converters[field];
            }

            @Override
            public void start() {
                values.clear();
                Arrays.fill(starts, NOWHERE);
            }

            @Override
            public void end() {}
        };
    }

    private boolean isText(int column) {
        PrimitiveTypeName name =
                schema.type().getType(column).asPrimitiveType().getPrimitiveTypeName();
        return PackedSchema.width(name) < 0;
    }

    /// Text ends with a zero, so that a shorter one is before a longer one.
    private int keyBytes(int column) {
        if (!isText(column)) {
            return Long.BYTES;
        }
        return starts[column] == NOWHERE ? 1 : ends[column] - starts[column] + 1;
    }

    private void appendKey(ByteBuffer row, int column) {
        if (isText(column)) {
            if (starts[column] != NOWHERE) {
                row.put(values.array(), starts[column], ends[column] - starts[column]);
            }
            row.put((byte) 0);
        } else {
            // Bytes compare as unsigned, numbers do not.
            row.putLong(
                    starts[column] == NOWHERE
                            ? 0
                            : values.getLong(starts[column]) ^ Long.MIN_VALUE);
        }
    }

    private ByteBuffer room(int bytes) {
        if (values.remaining() < bytes) {
            int size = Math.max(values.capacity() * 2, values.position() + bytes);
            values = ByteBuffer.allocate(size).put(values.flip());
        }
        return values;
    }

    private final class Column extends PrimitiveConverter {

        private final int column;

        Column(int column) {
            this.column = column;
        }

        @Override
        public void addBinary(Binary value) {
            int length = value.length();
            room(Short.BYTES + Integer.BYTES + length).putShort((short) column).putInt(length);
            starts[column] = values.position();
            values.put(value.toByteBuffer());
            ends[column] = values.position();
        }

        @Override
        public void addBoolean(boolean value) {
            room(Short.BYTES + 1).putShort((short) column).put((byte) (value ? 1 : 0));
        }

        @Override
        public void addInt(int value) {
            room(Short.BYTES + Integer.BYTES).putShort((short) column).putInt(value);
        }

        @Override
        public void addLong(long value) {
            room(Short.BYTES + Long.BYTES).putShort((short) column);
            starts[column] = values.position();
            values.putLong(value);
        }

        @Override
        public void addFloat(float value) {
            addInt(Float.floatToRawIntBits(value));
        }

        @Override
        public void addDouble(double value) {
            addLong(Double.doubleToRawLongBits(value));
        }
    }
}
