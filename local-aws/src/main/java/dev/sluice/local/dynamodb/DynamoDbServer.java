package dev.sluice.local.dynamodb;

import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBServerHandler;

import dev.sluice.local.host.FolderLock;
import dev.sluice.local.host.QuietLogging;

import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.util.concurrent.atomic.AtomicBoolean;

/// DynamoDB on loopback, for any region and any credentials.
///
/// On a folder, what was acknowledged is there after [#close], after a restart and after the
/// process was killed (see [WriteAheadDatabase] for a power cut). DynamoDB Local's own launcher is
/// not used: it listens on every interface and is the only thing that sends usage data.
public final class DynamoDbServer implements AutoCloseable {
    private static final int MAX_THREADS = 32;
    private static final String HTTP_LOGGERS = "org.eclipse.jetty";

    private final Server http;
    private final SharedDatabase database;
    private final @Nullable FolderLock lock;
    private final URI endpoint;
    private final AtomicBoolean closed = new AtomicBoolean();

    private DynamoDbServer(Server http, SharedDatabase database, @Nullable FolderLock lock) {
        this.http = http;
        this.database = database;
        this.lock = lock;
        int port = ((ServerConnector) http.getConnectors()[0]).getLocalPort();
        this.endpoint = URI.create("http://127.0.0.1:" + port);
    }

    /// Answers requests when this returns.
    ///
    /// @throws IllegalStateException when the port is taken, the folder is in use or the database
    ///     cannot be opened
    public static DynamoDbServer start(DynamoDbServerConfig config) {
        QuietLogging.warningsOnly(HTTP_LOGGERS);
        ErrorsOnlyLoggers.install();
        var folder = config.folder();
        var lock = folder == null ? null : FolderLock.take(folder);
        SharedDatabase database = null;
        try {
            database = SharedDatabase.open(folder);
            return new DynamoDbServer(listen(config.port(), database), database, lock);
        } catch (RuntimeException e) {
            release(database, lock);
            throw e;
        }
    }

    public URI endpoint() {
        return endpoint;
    }

    /// Requests under way are cut off; what they were not answered may or may not have happened.
    /// Further calls do nothing.
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        QuietLogging.warningsOnly(HTTP_LOGGERS); // Spring Boot may have reset the levels
        try {
            http.stop();
        } catch (Exception e) {
            throw new IllegalStateException("DynamoDB at " + endpoint + " did not stop", e);
        } finally {
            release(database, lock);
        }
    }

    private static Server listen(int port, SharedDatabase database) {
        var threads = new QueuedThreadPool(MAX_THREADS);
        threads.setName("dynamodb");
        threads.setDaemon(true);
        var server = new Server(threads);
        var connector = new ServerConnector(server, 1, 1);
        connector.setHost("127.0.0.1");
        connector.setPort(port);
        server.addConnector(connector);
        server.setHandler(new LocalDynamoDBServerHandler(database.requests(), null));
        try {
            server.start();
            return server;
        } catch (Exception e) {
            stopQuietly(server, e);
            throw new IllegalStateException("DynamoDB cannot listen on 127.0.0.1:" + port, e);
        }
    }

    private static void stopQuietly(Server server, Exception cause) {
        try {
            server.stop();
        } catch (Exception e) {
            cause.addSuppressed(e);
        }
    }

    private static void release(@Nullable SharedDatabase database, @Nullable FolderLock lock) {
        if (database != null) {
            database.close();
        }
        if (lock != null) {
            lock.close();
        }
    }
}
