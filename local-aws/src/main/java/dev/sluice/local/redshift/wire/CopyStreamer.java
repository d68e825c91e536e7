package dev.sluice.local.redshift.wire;

import dev.sluice.local.redshift.copy.LoadFailure;
import dev.sluice.local.redshift.copy.LoadProgress;
import dev.sluice.local.redshift.copy.S3Loader;
import dev.sluice.local.redshift.sql.CopyCommand.Format;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// Streams files to a server in copy-in mode. Nothing of the client is read meanwhile: the server
/// ignores a Sync in that mode, so a Sync that the client has already sent must wait.
final class CopyStreamer {

    private final S3Loader loader;
    private final MessageStream server;

    CopyStreamer(S3Loader loader, MessageStream server) {
        this.loader = loader;
        this.server = server;
    }

    /// Serves every COPY of the run; returns when the server has answered the statement.
    void drive(CopyRun run) throws IOException {
        try {
            while (run.await() instanceof CopyRun.Signal.Ready ready) {
                stream(run, ready.columns());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while loading", e);
        }
    }

    private void stream(CopyRun run, int columns) throws IOException {
        LoadProgress progress = new LoadProgress();
        CopyTarget target = run.start(progress);
        try {
            if (target.command().format() == Format.JSON && target.columns().isEmpty()) {
                throw new LoadFailure(
                        "",
                        "",
                        "COPY FORMAT JSON into a table created by the same query string; send COPY by itself");
            }
            loader.load(
                    target.command(),
                    target.columns(),
                    columns,
                    progress,
                    (buffer, offset, length) -> {
                        if (run.isOver()) {
                            throw new LoadRejected();
                        }
                        server.write('d', buffer, offset, length);
                    });
            server.write(new MessageBuilder().build('c'));
        } catch (LoadFailure failure) {
            run.failed(failure);
            byte[] reason = failure.reason().getBytes(StandardCharsets.UTF_8);
            server.write(new MessageBuilder().bytes(reason).character('\0').build('f'));
        } catch (LoadRejected rejected) {
            return;
        }
        // Without it the server keeps the answer until the client's Sync, which is held back here.
        server.write(new MessageBuilder().build('H'));
        server.flush();
    }

    /// The server has answered with an error while rows were still coming.
    private static final class LoadRejected extends IOException {

        LoadRejected() {
            super("load rejected by the server");
        }
    }
}
