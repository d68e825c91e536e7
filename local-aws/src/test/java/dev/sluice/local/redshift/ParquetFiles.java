package dev.sluice.local.redshift;

import com.jerolba.carpet.CarpetWriter;
import com.jerolba.carpet.ColumnNamingStrategy;
import com.jerolba.carpet.TimeUnit;

import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;

/// Parquet files as the loader writes them: SNAPPY, format version 1, timestamps in microseconds.
public final class ParquetFiles {

    private ParquetFiles() {}

    public static <T> byte[] of(Class<T> type, List<T> rows) throws IOException {
        return of(type, rows, TimeUnit.MICROS);
    }

    static <T> byte[] of(Class<T> type, List<T> rows, TimeUnit timeUnit) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (CarpetWriter<T> writer =
                new CarpetWriter.Builder<>(file, type)
                        .withCompressionCodec(CompressionCodecName.SNAPPY)
                        .withWriterVersion(WriterVersion.PARQUET_1_0)
                        .withColumnNamingStrategy(ColumnNamingStrategy.SNAKE_CASE)
                        .withDefaultTimeUnit(timeUnit)
                        .build()) {
            writer.write(rows);
        }
        return file.toByteArray();
    }
}
