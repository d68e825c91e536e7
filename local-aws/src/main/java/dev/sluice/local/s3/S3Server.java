package dev.sluice.local.s3;

import dev.sluice.local.host.FolderLock;
import dev.sluice.local.host.QuietLogging;

import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;

/// S3 on loopback with path-style addressing, over a folder.
///
/// What was acknowledged is there after [#close], after a restart and after the process was killed;
/// a power cut can lose the last objects. Versioning, tagging and lifecycle answer 501, as does
/// `GET ?partNumber=`, which multipart *downloads* of the SDK use; checksums are checked on the way
/// in and not returned.
public final class S3Server implements AutoCloseable {
    private static final int MAX_THREADS = 64;
    private static final String LOGGERS = "org.gaul";

    private final S3ServerConfig config;
    private final Path directory;
    private final FolderLock lock;
    private final BlobStore store;
    private final S3Faults faults;
    private final int port;
    private @Nullable S3Proxy http;
    private boolean closed;

    private S3Server(
            S3ServerConfig config,
            Path directory,
            FolderLock lock,
            BlobStore store,
            S3Faults faults) {
        this.config = config;
        this.directory = directory;
        this.lock = lock;
        this.store = store;
        this.faults = faults;
        var listening = listen(config.port());
        this.http = listening;
        this.port = listening.getPort();
    }

    /// Answers requests when this returns, and the buckets exist.
    ///
    /// @throws IllegalStateException when the port is taken, the folder is in use or cannot keep
    ///     metadata
    /// @throws UncheckedIOException when the folder cannot be written
    public static S3Server start(S3ServerConfig config) {
        QuietLogging.warningsOnly(LOGGERS);
        Path folder = config.folder().toAbsolutePath().normalize();
        var lock = FolderLock.take(folder);
        try {
            Path directory = prepare(folder, config);
            var unfinished = new UnfinishedPuts(folder.resolve("unfinished"), directory);
            unfinished.sweep();
            var faults = new S3Faults();
            var files =
                    new AtomicBlobStore(
                            new FilesystemNio2BlobStore(directory.toString()), unfinished);
            return new S3Server(
                    config, directory, lock, new FaultyBlobStore(files, faults), faults);
        } catch (IOException e) {
            lock.close();
            throw new UncheckedIOException("S3 folder " + folder + " cannot be used", e);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /// Objects are the files `bucket/key` in here, whole or absent under their name. Read only:
    /// what is written here by others becomes an object without metadata. A name that ends in a
    /// UUID may be a put under way.
    public Path directory() {
        return directory;
    }

    public S3Faults faults() {
        return faults;
    }

    /// Refuses connections, as if the service were not there, until [#comeBack]. Requests under way
    /// have a second.
    public synchronized void goAway() {
        var listening = http;
        http = null;
        if (listening != null) {
            QuietLogging.warningsOnly(LOGGERS); // Spring Boot may have reset the levels
            try {
                listening.stop();
            } catch (Exception e) {
                throw new IllegalStateException("S3 at " + endpoint() + " did not stop", e);
            }
        }
    }

    public synchronized boolean isAway() {
        return http == null;
    }

    /// Listens again on the same port; does nothing when it does already.
    public synchronized void comeBack() {
        if (closed) {
            throw new IllegalStateException("S3 at " + endpoint() + " is closed");
        }
        if (http == null) {
            http = listen(port);
        }
    }

    /// Requests under way are cut off; what they were not answered may or may not have happened.
    /// Further calls do nothing.
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            goAway();
        } finally {
            lock.close();
        }
    }

    private S3Proxy listen(int wantedPort) {
        var proxy =
                S3Proxy.builder()
                        .endpoint(URI.create("http://127.0.0.1:" + wantedPort))
                        .blobStore(store)
                        .awsAuthentication(
                                AuthenticationType.AWS_V2_OR_V4,
                                config.accessKey(),
                                config.secretKey())
                        .ignoreUnknownHeaders(true)
                        .jettyMaxThreads(MAX_THREADS)
                        // an idle connection that is kept alive would hold up a graceful stop
                        .stopTimeout(0)
                        .build();
        DrainingHandler.install(proxy);
        try {
            proxy.start();
            return proxy;
        } catch (Exception e) {
            stopQuietly(proxy, e);
            throw new IllegalStateException("S3 cannot listen on 127.0.0.1:" + wantedPort, e);
        }
    }

    private static void stopQuietly(S3Proxy proxy, Exception cause) {
        try {
            proxy.stop();
        } catch (Exception e) {
            cause.addSuppressed(e);
        }
    }

    private static Path prepare(Path folder, S3ServerConfig config) throws IOException {
        Files.createDirectories(folder.resolve("unfinished"));
        Path directory = Files.createDirectories(folder.resolve("buckets"));
        requireAttributes(directory);
        for (String bucket : config.buckets()) {
            Files.createDirectories(directory.resolve(bucket));
        }
        return directory;
    }

    /// Without them the store would drop ETag, content type and user metadata, and say nothing.
    private static void requireAttributes(Path directory) {
        var attributes = Files.getFileAttributeView(directory, UserDefinedFileAttributeView.class);
        try {
            if (attributes == null) {
                throw new IOException("no extended attributes");
            }
            attributes.write("sluice", ByteBuffer.wrap(new byte[] {1}));
        } catch (IOException e) {
            throw new IllegalStateException(
                    "file system of " + directory + " keeps no user extended attributes", e);
        }
    }
}
