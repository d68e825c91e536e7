package dev.sluice.local.kinesis;

import dev.sluice.local.host.QuietLogging;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.URI;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// Amazon Kinesis Data Streams on this machine, over plain HTTP on 127.0.0.1, for the unmodified
/// AWS SDKs.
///
/// What is acknowledged is in the operating system's hands and outlives a kill of the process;
/// [#close()] also brings it to the disk. Signatures are accepted and not checked. Configure
/// asynchronous SDK clients with HTTP/1.1.
public final class KinesisServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KinesisServer.class);
    private static final long SWEEP_SECONDS = 10;

    private final KinesisServerConfig config;
    private final StreamCatalogue catalogue;
    private final KinesisFaults faults = new KinesisFaults();
    private final HttpFront http;
    private final ScheduledExecutorService sweeper;
    private final AtomicBoolean closed = new AtomicBoolean();

    private KinesisServer(KinesisServerConfig config, StreamCatalogue catalogue) {
        this.config = config;
        this.catalogue = catalogue;
        StreamDirectory streams =
                new StreamDirectory(catalogue, config.region(), config.accountId());
        Router router = new Router(streams, faults, config.limitsEnforced(), config.retention());
        this.http = new HttpFront(config.port(), new KinesisProtocol(router, config.clock()));
        this.sweeper =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().daemon().name("kinesis-retention").factory());
        var _ =
                sweeper.scheduleWithFixedDelay(
                        this::expire, SWEEP_SECONDS, SWEEP_SECONDS, TimeUnit.SECONDS);
    }

    /// Starts a server on the streams of its data directory.
    ///
    /// @throws IllegalStateException when another server uses the data directory
    /// @throws java.io.UncheckedIOException when a stream cannot be opened; names the file
    public static KinesisServer start(KinesisServerConfig config) {
        QuietLogging.warningsOnly("io.netty");
        StreamCatalogue catalogue =
                StreamCatalogue.open(config.dataDirectory(), config.segmentBytes());
        try {
            return new KinesisServer(config, catalogue);
        } catch (RuntimeException e) {
            catalogue.close();
            throw e;
        }
    }

    /// Where clients connect, such as `http://127.0.0.1:4566`.
    public URI endpoint() {
        return http.endpoint();
    }

    /// The faults it commits; none at first.
    public KinesisFaults faults() {
        return faults;
    }

    /// Refuses connections, as if the service were not there, until [#comeBack]. Requests under way
    /// are cut off; they may take effect.
    public void goAway() {
        http.goAway();
    }

    public boolean isAway() {
        return http.isAway();
    }

    /// Listens again on the same port; does nothing when it does already.
    public void comeBack() {
        if (closed.get()) {
            throw new IllegalStateException("Kinesis at " + endpoint() + " is closed");
        }
        http.comeBack();
    }

    /// Deletes what retention has run out for; also runs by itself every ten seconds.
    void expire() {
        long now = config.clock().instant().toEpochMilli();
        for (KinesisStream stream : catalogue.all()) {
            try {
                stream.expire(now);
            } catch (RuntimeException e) {
                if (!stream.isDeleted()) {
                    LOG.error("retention of stream {} failed", stream.name(), e);
                }
            }
        }
    }

    /// Ends connections, brings everything to the disk and frees the data directory. Idempotent.
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        sweeper.close();
        http.close();
        catalogue.close();
    }
}
