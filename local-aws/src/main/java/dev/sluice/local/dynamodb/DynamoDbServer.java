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
    private final ServerConnector connector;
    private final URI endpoint;
    private final DynamoDbFaults faults;
    private final AtomicBoolean closed = new AtomicBoolean();

    private DynamoDbServer(int port, SharedDatabase database, @Nullable FolderLock lock) {
        this.faults = new DynamoDbFaults(this::endpoint);
        this.http = listen(port, database, faults);
        this.database = database;
        this.lock = lock;
        this.connector = (ServerConnector) http.getConnectors()[0];
        this.endpoint = URI.create("http://127.0.0.1:" + connector.getLocalPort());
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
            return new DynamoDbServer(config.port(), database, lock);
        } catch (RuntimeException e) {
            release(database, lock);
            throw e;
        }
    }

    public URI endpoint() {
        return endpoint;
    }

    public DynamoDbFaults faults() {
        return faults;
    }

    /// Refuses connections, as if the service were not there, until [#comeBack]. Requests under way
    /// are cut off.
    public synchronized void goAway() {
        connector.setPort(endpoint.getPort());
        switchConnector(false);
    }

    public boolean isAway() {
        return !connector.isRunning();
    }

    /// Listens again on the same port; does nothing when it does already.
    public synchronized void comeBack() {
        if (closed.get()) {
            throw new IllegalStateException("DynamoDB at " + endpoint + " is closed");
        }
        switchConnector(true);
    }

    private void switchConnector(boolean on) {
        QuietLogging.warningsOnly(HTTP_LOGGERS); // Spring Boot may have reset the levels
        try {
            if (on) {
                connector.start();
            } else {
                connector.stop();
            }
        } catch (Exception e) {
            throw new IllegalStateException(
                    "DynamoDB at " + endpoint + " did not " + (on ? "start" : "stop"), e);
        }
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

    private static Server listen(int port, SharedDatabase database, DynamoDbFaults faults) {
        var threads = new QueuedThreadPool(MAX_THREADS);
        threads.setName("dynamodb");
        threads.setDaemon(true);
        var server = new Server(threads);
        var connector = new ServerConnector(server, 1, 1);
        connector.setHost("127.0.0.1");
        connector.setPort(port);
        server.addConnector(connector);
        server.setHandler(
                new FaultyHandler(
                        new LocalDynamoDBServerHandler(database.requests(), null), faults));
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
