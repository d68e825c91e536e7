package dev.sluice.runtime.kcl;

import dev.sluice.runtime.health.HealthReport;
import dev.sluice.runtime.stream.ShardHandlerFactory;
import dev.sluice.runtime.stream.StreamConsumer;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;

import org.jspecify.annotations.Nullable;

import software.amazon.kinesis.coordinator.Scheduler;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/// Reads a stream with the Kinesis Client Library, by polling. A batch is offered until it is
/// taken; what a handler acknowledges is checkpointed, and nothing else; a shard's children
/// start after all of it was acknowledged.
///
/// A new application begins at the trim horizon. A task that starts again under its worker id
/// takes up its shards at once; after a graceful stop any task does.
public final class KclConsumer implements StreamConsumer {

    private static final Backoff TRANSIENT =
            new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10));
    private static final Backoff SLOW = new Backoff(Duration.ofSeconds(2), Duration.ofMinutes(1));

    /// After the shutdown timeout, each: for the library to end, for it to heed an interrupt, and
    // for
    /// the leases to be given back.
    private static final Duration SETTLE = Duration.ofSeconds(2);

    private final KclConsumerConfig config;
    private final StopSignal stop = new StopSignal();
    private final ConsumerStatus status;
    private final ConsumerMetrics metrics;
    private final KclWorker worker;
    private volatile @Nullable Thread thread;
    private List<Meter> shown = List.of();

    /// @param clients are called, never closed
    /// @throws IllegalArgumentException if the library's metrics are on without a CloudWatch client
    public KclConsumer(
            KclConsumerConfig config,
            KclClients clients,
            ShardHandlerFactory handlers,
            MeterRegistry meters,
            InstantSource clock) {
        this.config = config;
        this.status = new ConsumerStatus(config, clock);
        this.metrics = new ConsumerMetrics(meters, config);
        RandomGenerator random = () -> ThreadLocalRandom.current().nextLong();
        this.worker =
                new KclWorker(
                        config,
                        clients,
                        stop,
                        status,
                        leases ->
                                new ShardContext(
                                        config.stream(),
                                        handlers,
                                        leases,
                                        stop,
                                        status,
                                        metrics,
                                        config.tuning().checkpointInterval(),
                                        TRANSIENT,
                                        SLOW,
                                        clock,
                                        random));
    }

    /// @throws IllegalStateException if it was started or closed before
    @Override
    public synchronized void start() {
        if (thread != null || stop.requested()) {
            throw new IllegalStateException(
                    "consumer " + config.application() + " was started or closed before");
        }
        shown = metrics.show(status);
        status.starting();
        thread = Thread.ofPlatform().name("kcl-" + config.application()).start(worker);
    }

    @Override
    public HealthReport health() {
        Thread running = thread;
        return status.health(running != null && running.isAlive());
    }

    /// Stops gracefully within the shutdown timeout, and hard after it. Then the leases are
    /// released, unless a handler is still at work: its lease expires. Returns six seconds after
    // the
    /// shutdown timeout at the latest, whatever is away.
    @Override
    public synchronized void close() {
        if (stop.requested()) {
            return;
        }
        stop.request(config.tuning().shutdownTimeout());
        if (thread == null) {
            status.stopped();
            return;
        }
        try {
            end(thread);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            metrics.remove(shown);
        }
    }

    private void end(Thread running) throws InterruptedException {
        Scheduler scheduler = worker.scheduler();
        if (scheduler != null) {
            new SchedulerStop(config.application(), scheduler, stop, status).run();
        }
        if (!running.join(SETTLE)) {
            running.interrupt();
            running.join(SETTLE);
        }
        if (scheduler != null && !status.hasOpenShards()) {
            Thread.ofPlatform()
                    .daemon()
                    .name("kcl-release-" + config.application())
                    .start(worker::releaseLeases)
                    .join(SETTLE);
        }
    }
}
