package dev.sluice.loader.parquet;

import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.api.InitContext;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;

/// Reads the rows of a Parquet file on the local disk, in their order, a row group in memory at a
/// time. A page that does not fit its checksum is an error.
public final class PackedRowReader implements AutoCloseable {

    private final Path file;
    private final ParquetReader<PackedRow> reader;

    /// @param schema says which of the file's columns are read
    public PackedRowReader(Path file, PackedSchema schema) {
        this.file = file;
        try {
            this.reader =
                    new Builder(new LocalInputFile(file), schema)
                            .usePageChecksumVerification(true)
                            .build();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /// The columns of a file.
    public static MessageType columns(Path file) {
        ParquetReadOptions options =
                ParquetReadOptions.builder(new PlainParquetConfiguration()).build();
        try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(file), options)) {
            return reader.getFileMetaData().getSchema();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /// The next row; null after the last.
    public @Nullable PackedRow read() {
        try {
            return reader.read();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    @Override
    public void close() {
        try {
            reader.close();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private UncheckedIOException unreadable(IOException e) {
        return new UncheckedIOException("cannot read " + file, e);
    }

    private static final class Builder extends ParquetReader.Builder<PackedRow> {

        private final PackedSchema schema;

        Builder(InputFile file, PackedSchema schema) {
            super(file, new PlainParquetConfiguration());
            this.schema = schema;
        }

        @Override
        protected ReadSupport<PackedRow> getReadSupport() {
            return new Packing(schema);
        }
    }

    private static final class Packing extends ReadSupport<PackedRow> {

        private final PackedSchema schema;

        Packing(PackedSchema schema) {
            this.schema = schema;
        }

        @Override
        public ReadContext init(InitContext context) {
            MessageType file = context.getFileSchema();
            return new ReadContext(
                    new MessageType(
                            file.getName(),
                            file.getFields().stream()
                                    .filter(field -> schema.type().containsField(field.getName()))
                                    .toList()));
        }

        @Override
        @SuppressWarnings("deprecation") // the one that ReadSupport leaves abstract
        public RecordMaterializer<PackedRow> prepareForRead(
                Configuration configuration,
                Map<String, String> metadata,
                MessageType file,
                ReadContext context) {
            return new RowPacker(schema, context.getRequestedSchema());
        }

        @Override
        public RecordMaterializer<PackedRow> prepareForRead(
                ParquetConfiguration configuration,
                Map<String, String> metadata,
                MessageType file,
                ReadContext context) {
            return new RowPacker(schema, context.getRequestedSchema());
        }
    }
}
