package dev.sluice.loader.parquet;

import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Objects;

/// A Parquet file of packed rows being written, as [RowFile] writes its own; each column of a row
/// group and each page has its least and greatest value.
public final class PackedRowFile implements AutoCloseable {

    private final ParquetWriter<PackedRow> writer;
    private long rows;

    /// @param rowGroupBytes what a reader has to take at once, before compression
    /// @param target receives the bytes; not closed by this class
    public PackedRowFile(PackedSchema schema, long rowGroupBytes, OutputStream target) {
        try {
            writer =
                    new Builder(new StreamOutputFile(target), new Unpacking(schema))
                            .withConf(new PlainParquetConfiguration())
                            .withCompressionCodec(CompressionCodecName.SNAPPY)
                            .withWriterVersion(WriterVersion.PARQUET_1_0)
                            .withPageWriteChecksumEnabled(true)
                            .withRowGroupSize(rowGroupBytes)
                            .build();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot begin a Parquet file", e);
        }
    }

    public void write(PackedRow row) {
        try {
            writer.write(row);
            rows++;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to a Parquet file", e);
        }
    }

    /// Rows written so far.
    public long rows() {
        return rows;
    }

    /// Bytes of the file so far: row groups as they are, the last one before compression.
    public long bytes() {
        return writer.getDataSize();
    }

    /// Writes the footer; the file is complete then.
    @Override
    public void close() {
        try {
            writer.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot finish a Parquet file", e);
        }
    }

    private static final class Builder extends ParquetWriter.Builder<PackedRow, Builder> {

        private final Unpacking support;

        Builder(OutputFile file, Unpacking support) {
            super(file);
            this.support = support;
        }

        @Override
        protected Builder self() {
            return this;
        }

        @Override
        protected WriteSupport<PackedRow> getWriteSupport(Configuration configuration) {
            return support;
        }

        @Override
        protected WriteSupport<PackedRow> getWriteSupport(ParquetConfiguration configuration) {
            return support;
        }
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
