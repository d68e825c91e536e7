package dev.sluice.local.redshift.copy;

import dev.sluice.local.redshift.sql.Column;
import dev.sluice.local.redshift.sql.CopyCommand;

import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.schema.MessageType;

import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.zip.GZIPInputStream;

/// Runs the reading half of COPY: objects of S3 as rows of COPY text.
public final class S3Loader {

    private static final int FETCHED_AHEAD = 8;

    private final Supplier<S3Client> s3;

    /// @param s3 gives the client to read with; asked once for each COPY
    public S3Loader(Supplier<S3Client> s3) {
        this.s3 = s3;
    }

    /// Streams every row of the command's objects.
    ///
    /// @param targets the target columns in COPY's order, empty when they are not known (Parquet
    ///     only)
    /// @param columnCount how many columns the target takes
    /// @param progress told which file is being read
    /// @return the number of rows
    /// @throws LoadFailure when the objects are missing, unreadable or do not fit
    /// @throws IOException when the sink fails
    public long load(
            CopyCommand copy,
            List<Column> targets,
            int columnCount,
            LoadProgress progress,
            CopySink sink)
            throws LoadFailure, IOException {
        S3Client client = s3.get();
        SinkGuard guarded = new SinkGuard(sink);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<S3InputFile> files =
                    new S3Objects(client)
                            .of(copy, threads).stream()
                                    .map(object -> new S3InputFile(client, object))
                                    .toList();
            for (int i = 0; i < files.size(); i++) {
                if (copy.format() == CopyCommand.Format.PARQUET) {
                    prefetch(files, i, threads);
                }
                load(copy, files.get(i), targets, columnCount, progress, guarded);
            }
        }
        return progress.rows();
    }

    /// Keeps a few files ahead of the one that is read on their way.
    private static void prefetch(List<S3InputFile> files, int at, ExecutorService threads) {
        int first = at == 0 ? 0 : at + FETCHED_AHEAD;
        for (int i = first; i <= at + FETCHED_AHEAD && i < files.size(); i++) {
            files.get(i).prefetch(threads);
        }
    }

    private void load(
            CopyCommand copy,
            S3InputFile file,
            List<Column> targets,
            int columnCount,
            LoadProgress progress,
            SinkGuard guarded)
            throws LoadFailure, IOException {
        S3Object object = file.object();
        progress.started(object.url());
        try {
            long rows =
                    switch (copy.format()) {
                        case PARQUET -> parquet(file, targets, columnCount, guarded);
                        case JSON -> json(s3.get(), object, copy.gzip(), targets, guarded);
                    };
            progress.loaded(rows);
        } catch (IOException | RuntimeException e) {
            if (guarded.failed) {
                throw e;
            }
            throw new LoadFailure(object.url(), "", reason(copy.format(), e), e);
        }
    }

    /// An S3 that breaks off says nothing about the file.
    private static String reason(CopyCommand.Format format, Exception failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SdkException s3) {
                return "S3ServiceException: " + S3Objects.describe(s3);
            }
        }
        return "file is not readable as " + format;
    }

    private static long parquet(
            S3InputFile file, List<Column> targets, int columnCount, CopySink sink)
            throws IOException, LoadFailure {
        PlainParquetConfiguration configuration = new PlainParquetConfiguration();
        MessageType schema;
        try (ParquetFileReader footer =
                ParquetFileReader.open(file, ParquetReadOptions.builder(configuration).build())) {
            schema = footer.getFileMetaData().getSchema();
        }
        new ParquetSchemaCheck(file.object().url(), targets).check(schema, columnCount);
        CopyText out = new CopyText();
        ReadSupport<Boolean> rowSupport = new ParquetRows(out, targets);
        long rows = 0;
        try (ParquetReader<Boolean> reader =
                new RowReaderBuilder(file, configuration, rowSupport)
                        .usePageChecksumVerification()
                        .build()) {
            while (reader.read() != null) {
                rows++;
                out.drain(sink);
            }
        }
        out.flush(sink);
        return rows;
    }

    private static long json(
            S3Client client, S3Object object, boolean gzip, List<Column> targets, CopySink sink)
            throws IOException, LoadFailure {
        CopyText out = new CopyText();
        try (InputStream body =
                        client.getObject(get -> get.bucket(object.bucket()).key(object.key()));
                InputStream json = gzip ? new GZIPInputStream(body, 1 << 16) : body) {
            long rows = new JsonRows(targets, out).write(object.url(), json, sink);
            out.flush(sink);
            return rows;
        } catch (SdkException e) {
            throw new LoadFailure(
                    object.url(), "", "S3ServiceException: " + S3Objects.describe(e), e);
        }
    }

    /// Tells a failing sink from a failing source.
    private static final class SinkGuard implements CopySink {

        private final CopySink sink;
        private boolean failed;

        SinkGuard(CopySink sink) {
            this.sink = sink;
        }

        @Override
        public void write(byte[] buffer, int offset, int length) throws IOException {
            try {
                sink.write(buffer, offset, length);
            } catch (IOException | RuntimeException e) {
                failed = true;
                throw e;
            }
        }
    }

    private static final class RowReaderBuilder extends ParquetReader.Builder<Boolean> {

        private final ReadSupport<Boolean> rows;

        RowReaderBuilder(
                InputFile file,
                PlainParquetConfiguration configuration,
                ReadSupport<Boolean> rows) {
            super(file, configuration);
            this.rows = rows;
        }

        @Override
        protected ReadSupport<Boolean> getReadSupport() {
            return rows;
        }
    }
}
