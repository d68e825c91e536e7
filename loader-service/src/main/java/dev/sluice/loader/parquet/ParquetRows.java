package dev.sluice.loader.parquet;

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

/// A Parquet file being written: version 1.0 pages and Snappy, the combination every reader of ours
/// takes, and a checksum in each page, so that a reader notices a damaged one.
///
/// @param <R> a row
public abstract sealed class ParquetRows<R> implements AutoCloseable
        permits RowFile, PackedRowFile {

    private final ParquetWriter<R> writer;
    private long rows;

    /// @param target receives the bytes; not closed by this class
    /// @param rowGroupBytes of a row group, about: its pages as they are, the last of each column
    ///     before compression
    /// @param pageRows at most in a page, the least that a reader takes
    ParquetRows(
            OutputStream target,
            WriteSupport<R> support,
            long rowGroupBytes,
            int pageRows,
            boolean dictionary) {
        try {
            writer =
                    new Builder<>(new StreamOutputFile(target), support)
                            .withConf(new PlainParquetConfiguration())
                            .withCompressionCodec(CompressionCodecName.SNAPPY)
                            .withWriterVersion(WriterVersion.PARQUET_1_0)
                            .withPageWriteChecksumEnabled(true)
                            .withDictionaryEncoding(dictionary)
                            .withRowGroupSize(rowGroupBytes)
                            .withPageRowCountLimit(pageRows)
                            .build();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot begin a Parquet file", e);
        }
    }

    public void write(R row) {
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

    private static final class Builder<R> extends ParquetWriter.Builder<R, Builder<R>> {

        private final WriteSupport<R> support;

        Builder(OutputFile file, WriteSupport<R> support) {
            super(file);
            this.support = support;
        }

        @Override
        protected Builder<R> self() {
            return this;
        }

        @Override
        protected WriteSupport<R> getWriteSupport(Configuration configuration) {
            return support;
        }

        @Override
        protected WriteSupport<R> getWriteSupport(ParquetConfiguration configuration) {
            return support;
        }
    }
}
