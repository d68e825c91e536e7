package dev.sluice.loader.parquet;

import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.jspecify.annotations.Nullable;

import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Objects;

/// A Parquet file of packed rows being written, as [RowFile] writes its own; each column of a row
/// group and each page has its least and greatest value.
public final class PackedRowFile extends ParquetRows<PackedRow> {

    /// Rows of a page. Sorted rows of one person lie in one or two pages of each column, so this is
    /// what is read for her. A page costs some sixty bytes in each column.
    private static final int PAGE_ROWS = 2_000;

    /// @param rowGroupBytes of a row group, about
    /// @param target receives the bytes; not closed by this class
    public PackedRowFile(PackedSchema schema, long rowGroupBytes, OutputStream target) {
        super(target, new Unpacking(schema), rowGroupBytes, PAGE_ROWS, true);
    }

    private static final class Unpacking extends WriteSupport<PackedRow>
            implements PackedSchema.Values {

        private final PackedSchema schema;
        private @Nullable RecordConsumer out;

        Unpacking(PackedSchema schema) {
            this.schema = schema;
        }

        @Override
        public WriteContext init(ParquetConfiguration configuration) {
            return new WriteContext(schema.type(), Map.of());
        }

        @Override
        public WriteContext init(Configuration configuration) {
            return new WriteContext(schema.type(), Map.of());
        }

        @Override
        public void prepareForWrite(RecordConsumer recordConsumer) {
            out = recordConsumer;
        }

        @Override
        public void write(PackedRow row) {
            RecordConsumer consumer = Objects.requireNonNull(out);
            consumer.startMessage();
            schema.walk(row, this);
            consumer.endMessage();
        }

        @Override
        public void value(int column, PrimitiveTypeName type, ByteBuffer at) {
            RecordConsumer consumer = Objects.requireNonNull(out);
            String name = schema.type().getFieldName(column);
            consumer.startField(name, column);
            switch (type) {
                case BOOLEAN -> consumer.addBoolean(at.get() != 0);
                case INT32 -> consumer.addInteger(at.getInt());
                case INT64 -> consumer.addLong(at.getLong());
                case FLOAT -> consumer.addFloat(at.getFloat());
                case DOUBLE -> consumer.addDouble(at.getDouble());
                // Said to be reused, so that a dictionary that keeps a value keeps no whole row.
                case BINARY, FIXED_LEN_BYTE_ARRAY, INT96 ->
                        consumer.addBinary(
                                Binary.fromReusedByteArray(
                                        at.array(),
                                        at.arrayOffset() + at.position(),
                                        at.remaining()));
            }
            consumer.endField(name, column);
        }
    }
}
