package dev.sluice.runtime.config;

import dev.sluice.runtime.health.HealthReport;
import dev.sluice.runtime.health.HealthSource;
import dev.sluice.runtime.kcl.KclClients;
import dev.sluice.runtime.kcl.KclConsumer;
import dev.sluice.runtime.kcl.KclConsumerConfig;
import dev.sluice.runtime.kcl.KclTuning;
import dev.sluice.runtime.stream.ShardHandlerFactory;
import dev.sluice.runtime.stream.StreamName;

import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.context.SmartLifecycle;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/// Makes the consumers of a service and runs them with the application context: they start when
/// everything else is up, and are the first to stop, while all they write to still works.
///
/// Stopping waits for every consumer, all at once and each at most its shutdown timeout, whatever
/// `spring.lifecycle.timeout-per-shutdown-phase` says. A context that is started again reads on.
public final class KclConsumers implements SmartLifecycle, HealthSource {

    /// The highest phase there is: started after, and stopped before, all others, among them
    /// the web server and its graceful shutdown.
    public static final int PHASE = Integer.MAX_VALUE;

    private final String worker;
    private final KclTuning tuning;
    private final KclClients clients;
    private final MeterRegistry meters;
    private final InstantSource clock;
    private final List<Managed> consumers = new CopyOnWriteArrayList<>();
    private volatile boolean running;

    /// @param worker names this task among those of an application
    KclConsumers(
            String worker,
            KclTuning tuning,
            KclClients clients,
            MeterRegistry meters,
            InstantSource clock) {
        this.worker = worker;
        this.tuning = tuning;
        this.clients = clients;
        this.meters = meters;
        this.clock = clock;
    }

    /// Adds a consumer. It starts with the context, or at once when that is up already.
    ///
    /// @param application names the fleet and its lease table; a service may have several
    /// @return how it fares
    /// @throws IllegalArgumentException if this task reads for the application already
    public HealthSource create(
            String application, StreamName stream, ShardHandlerFactory handlers) {
        return add(application, stream, handlers, false);
    }

    /// Adds a consumer that the service can do without: while it is in trouble it says so, and the
    /// service is up all the same.
    ///
    /// @return how it fares; always up
    /// @throws IllegalArgumentException if this task reads for the application already
    public HealthSource createOptional(
            String application, StreamName stream, ShardHandlerFactory handlers) {
        return add(application, stream, handlers, true);
    }

    private synchronized HealthSource add(
            String application, StreamName stream, ShardHandlerFactory handlers, boolean optional) {
        if (consumers.stream().anyMatch(c -> c.application.equals(application))) {
            throw new IllegalArgumentException(
                    "there is a consumer of " + application + " already");
        }
        String id = worker + "/" + application;
        KclConsumerConfig config = new KclConsumerConfig(application, stream, id, tuning);
        Managed added =
                new Managed(
                        application,
                        () -> new KclConsumer(config, clients, handlers, meters, clock),
                        optional);
        consumers.add(added);
        if (running) {
            added.current.start();
        }
        return added;
    }

    @Override
    public synchronized void start() {
        if (!running) {
            consumers.forEach(c -> c.current.start());
            running = true;
        }
    }

    @Override
    public synchronized void stop() {
        if (running) {
            running = false;
            // One thread each: their shutdown timeouts run side by side. Ends when all have.
            try (ExecutorService closing = Executors.newVirtualThreadPerTaskExecutor()) {
                consumers.forEach(c -> closing.execute(c::close));
            }
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    /// Up when every consumer is that the service cannot do without.
    @Override
    public HealthReport health() {
        Map<String, String> details = new LinkedHashMap<>();
        List<String> why = new ArrayList<>();
        boolean up = true;
        for (Managed consumer : consumers) {
            HealthReport report = consumer.health();
            report.details().forEach((k, v) -> details.put(consumer.application + "." + k, v));
            up &= report.up();
            if (!report.why().isEmpty()) {
                why.add(report.why());
            }
        }
        return new HealthReport(up, String.join("; ", why), details);
    }

    /// A consumer ends with its close; the next start of the context needs a new one.
    private static final class Managed implements HealthSource {

        private final String application;
        private final Supplier<KclConsumer> recipe;
        private final boolean optional;
        private volatile KclConsumer current;

        Managed(String application, Supplier<KclConsumer> recipe, boolean optional) {
            this.application = application;
            this.recipe = recipe;
            this.optional = optional;
            this.current = recipe.get();
        }

        void close() {
            current.close();
            current = recipe.get();
        }

        @Override
        public HealthReport health() {
            HealthReport report = current.health();
            return report.up() || !optional
                    ? report
                    : new HealthReport(true, "degraded: " + report.why(), report.details());
        }
    }
}
