package dev.sluice.local.dynamodb;

import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBRequestHandler;
import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBServerHandler;

import dev.sluice.local.host.FolderLock;
import dev.sluice.local.host.QuietLogging;

import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.atomic.AtomicBoolean;

/// DynamoDB on loopback, for any region and any credentials.
///
/// On a folder, what was acknowledged is there after [#close], after a restart and after the
// process was killed (see
/// [WriteAheadDatabase] for a power cut). DynamoDB Local's own launcher is not used: it listens on
// every interface and
/// is the only thing that sends usage data.
public final class DynamoDbServer implements AutoCloseable {
    private static final int MAX_THREADS = 32;

    private final Server http;
    private final LocalDynamoDBRequestHandler requests;
    private final @Nullable FolderLock lock;
    private final URI endpoint;
    private final AtomicBoolean closed = new AtomicBoolean();

    private DynamoDbServer(
            Server http, LocalDynamoDBRequestHandler requests, @Nullable FolderLock lock) {
        this.http = http;
        this.requests = requests;
        this.lock = lock;
        int port = ((ServerConnector) http.getConnectors()[0]).getLocalPort();
        this.endpoint = URI.create("http://127.0.0.1:" + port);
    }

    /// Answers requests when this returns.
    ///
    /// @throws IllegalStateException when the port is taken, the folder is in use or the database
    // cannot be opened
    public static DynamoDbServer start(DynamoDbServerConfig config) {
        ErrorsOnlyLoggers.install();
        QuietLogging.warningsOnly("org.eclipse.jetty");
        var folder = config.folder();
        var lock = folder == null ? null : FolderLock.take(folder);
        LocalDynamoDBRequestHandler requests = null;
        try {
            requests = folder == null ? RequestHandlers.inMemory() : RequestHandlers.in(folder);
            return new DynamoDbServer(listen(config.port(), requests), requests, lock);
        } catch (RuntimeException e) {
            release(requests, lock);
            throw e;
        }
    }

    public URI endpoint() {
        return endpoint;
    }

    /// Requests under way are cut off; what they were not answered may or may not have happened.
    // Further calls do
    /// nothing.
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try {
            http.stop();
        } catch (Exception e) {
            throw new IllegalStateException("DynamoDB at " + endpoint + " did not stop", e);
        } finally {
            release(requests, lock);
        }
    }

    private static Server listen(int port, LocalDynamoDBRequestHandler requests) {
        var threads = new QueuedThreadPool(MAX_THREADS);
        threads.setName("dynamodb");
        threads.setDaemon(true);
        var server = new Server(threads);
        var connector = new ServerConnector(server, 1, 1);
        connector.setHost("127.0.0.1");
        connector.setPort(port);
        server.addConnector(connector);
        server.setHandler(new LocalDynamoDBServerHandler(requests, null));
        try {
            server.start();
            return server;
        } catch (Exception e) {
            stopQuietly(server, e);
            throw new IllegalStateException(
                    "DynamoDB cannot listen on " + new InetSocketAddress("127.0.0.1", port), e);
        }
    }

    private static void stopQuietly(Server server, Exception cause) {
        try {
            server.stop();
        } catch (Exception e) {
            cause.addSuppressed(e);
        }
    }

    private static void release(
            @Nullable LocalDynamoDBRequestHandler requests, @Nullable FolderLock lock) {
        if (requests != null) {
            requests.shutdown();
        }
        if (lock != null) {
            lock.close();
        }
    }
}
