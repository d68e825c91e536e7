package dev.sluice.loader.parquet;

import dev.sluice.contracts.table.Column;
import dev.sluice.loader.process.Row;

import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;

/// A Parquet file of rows being written: version 1.0 pages and Snappy, the combination every reader
/// of ours takes, and a checksum in each page, so that a reader notices a damaged one.
public final class RowFile implements AutoCloseable {

    private static final long ROW_GROUP_BYTES = 64L << 20;

    /// Fewer rows repeat little, and a dictionary takes 32 KB of the heap for each column.
    private static final int FEWEST_WITH_DICTIONARY = 100;

    private final ParquetWriter<Row> writer;
    private long rows;

    /// A file of many rows.
    ///
    /// @param target receives the bytes; not closed by this class
    public RowFile(List<Column> columns, OutputStream target) {
        this(columns, target, Integer.MAX_VALUE);
    }

    /// @param target receives the bytes; not closed by this class
    /// @param rows that will be written, about; decides how, not whether
    public RowFile(List<Column> columns, OutputStream target, int rows) {
        try {
            writer =
                    new Builder(new StreamOutputFile(target), new RowWriteSupport(columns))
                            .withConf(new PlainParquetConfiguration())
                            .withCompressionCodec(CompressionCodecName.SNAPPY)
                            .withWriterVersion(WriterVersion.PARQUET_1_0)
                            .withPageWriteChecksumEnabled(true)
                            .withDictionaryEncoding(rows >= FEWEST_WITH_DICTIONARY)
                            .withRowGroupSize(ROW_GROUP_BYTES)
                            .build();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot begin a Parquet file", e);
        }
    }

    public void write(Row row) {
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

    /// Uncompressed size of what is buffered and written so far, in bytes; an estimate.
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

    private static final class Builder extends ParquetWriter.Builder<Row, Builder> {

        private final RowWriteSupport support;

        Builder(OutputFile file, RowWriteSupport support) {
            super(file);
            this.support = support;
        }

        @Override
        protected Builder self() {
            return this;
        }

        @Override
        protected WriteSupport<Row> getWriteSupport(Configuration configuration) {
            return support;
        }

        @Override
        protected WriteSupport<Row> getWriteSupport(ParquetConfiguration configuration) {
            return support;
        }
    }
}
