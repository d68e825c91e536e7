package dev.sluice.runtime.reference;

import dev.sluice.runtime.failure.SetupFailure;
import dev.sluice.runtime.health.HealthReport;
import dev.sluice.runtime.health.HealthSource;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/// What was made of the last good set of files, or of another source, and of a newer one soon after
/// it is there. A set that is gone, cannot be reached or cannot be used changes nothing: the one
/// before stays, for as long as it takes. Thread-safe.
///
/// Meters: `sluice.reference.age{name}` (since the files were last seen to be in use here) and
/// `sluice.reference.failures{name}`.
///
/// @param <T> immutable
public final class Reference<T> implements Supplier<T>, HealthSource, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Reference.class);

    /// Names come from outside.
    private static final int MOST_MISSED = 1_000;

    /// Less than anything takes that is made with newer files and sent here.
    private static final Duration JUST_NOW = Duration.ofMillis(100);

    /// @param seenAt when the files were last found to be this version
    private record Loaded<T>(String version, T value, Instant loadedAt, Instant seenAt) {
        Loaded<T> seen(Instant now) {
            return new Loaded<>(version, value, loadedAt, now);
        }
    }

    private record FilesSource<T>(ReferenceFiles files, Function<Map<String, byte[]>, T> reader)
            implements ReferenceSource<T> {
        @Override
        public Optional<String> version() {
            return files.version();
        }

        @Override
        public T read() {
            return reader.apply(files.read());
        }

        @Override
        public String place() {
            return files.place();
        }
    }

    private final String name;
    private final ReferenceSource<T> source;
    private final ReferenceTiming timing;
    private final InstantSource clock;
    private final Counter failures;
    private final Map<String, Instant> missedAt = new HashMap<>();
    private final CountDownLatch stop = new CountDownLatch(1);
    private volatile Loaded<T> loaded;
    private volatile String problem = "";
    private volatile Instant lookedAt;
    private @Nullable Thread thread;

    private Reference(
            String name,
            ReferenceSource<T> source,
            ReferenceTiming timing,
            InstantSource clock,
            MeterRegistry meters) {
        this.name = name;
        this.source = source;
        this.timing = timing;
        this.clock = clock;
        failures = meters.counter("sluice.reference.failures", "name", name);
        loaded = first();
        lookedAt = loaded.seenAt();
        TimeGauge.builder(
                        "sluice.reference.age",
                        this,
                        TimeUnit.MILLISECONDS,
                        reference -> reference.age().toMillis())
                .tag("name", name)
                .register(meters);
    }

    /// Returns with the first good set, and looks for newer ones from {@link #start} on.
    ///
    /// @param name for people and meters, such as `contracts`
    /// @param reader makes something of the files; throws what says why it cannot
    /// @throws SetupFailure if there is no good set within the patience for it
    public static <T> Reference<T> load(
            String name,
            ReferenceFiles files,
            Function<Map<String, byte[]>, T> reader,
            ReferenceTiming timing,
            InstantSource clock,
            MeterRegistry meters) {
        return load(name, new FilesSource<>(files, reader), timing, clock, meters);
    }

    /// The same for what is not in files.
    ///
    /// @throws SetupFailure if there is nothing good within the patience for it
    public static <T> Reference<T> load(
            String name,
            ReferenceSource<T> source,
            ReferenceTiming timing,
            InstantSource clock,
            MeterRegistry meters) {
        return new Reference<>(name, source, timing, clock, meters);
    }

    @Override
    public T get() {
        return loaded.value();
    }

    /// Looks for newer files at once, and from then on now and then. Returns at once.
    public synchronized void start() {
        if (thread == null) {
            thread = Thread.ofVirtual().name("reference-" + name).start(this::run);
        }
    }

    /// Looks once; whatever is wrong is told by health and log.
    public synchronized void refresh() {
        lookedAt = clock.instant();
        try {
            Loaded<T> now = newest(loaded);
            if (now.value() != loaded.value()) {
                LOG.info("{} of {} are loaded again", name, source.place());
            }
            loaded = now;
            problem = "";
        } catch (RuntimeException e) {
            failures.increment();
            String why = String.valueOf(e.getMessage());
            if (!why.equals(problem)) {
                LOG.warn("the {} of {} stay in use: {}", name, loaded.loadedAt(), why);
            }
            problem = why;
        }
    }

    /// Looks at once for something that is missed, unless the same was missed within this time or
    /// somebody has only just looked. Waits for whoever is looking.
    ///
    /// @param used what it is missed in
    /// @param missed names it
    /// @return whether something else is in use now
    public synchronized boolean refreshFor(T used, String missed, Duration time) {
        if (used != get()) {
            return true;
        }
        Instant now = clock.instant();
        Instant before = missedAt.get(missed);
        boolean justMissed = before != null && now.isBefore(before.plus(time));
        if (justMissed || now.isBefore(lookedAt.plus(JUST_NOW))) {
            return false;
        }
        if (missedAt.size() >= MOST_MISSED) {
            missedAt.clear();
        }
        missedAt.put(missed, now);
        refresh();
        return used != get();
    }

    /// Up even if the files are away: what is in use is good.
    @Override
    public HealthReport health() {
        return new HealthReport(
                true,
                problem,
                Map.of("loaded", loaded.loadedAt().toString(), "place", source.place()));
    }

    @Override
    public void close() {
        stop.countDown();
    }

    private void run() {
        try {
            do {
                refresh();
            } while (!stop.await(timing.refresh().toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Loaded<T> first() {
        Instant last = clock.instant().plus(timing.patience());
        while (true) {
            try {
                return newest(null);
            } catch (RuntimeException e) {
                failures.increment();
                if (!clock.instant().isBefore(last)) {
                    throw new SetupFailure(
                            "there are no %s to begin with: %s".formatted(name, e.getMessage()), e);
                }
                LOG.warn("waiting for the {}: {}", name, e.getMessage());
                pause();
            }
        }
    }

    private Loaded<T> newest(@Nullable Loaded<T> before) {
        Optional<String> version = source.version();
        Instant now = clock.instant();
        if (version.isEmpty()) {
            throw new SetupFailure(source.place() + " has no " + name);
        }
        return before != null && before.version().equals(version.get())
                ? before.seen(now)
                : new Loaded<>(version.get(), source.read(), now, now);
    }

    private Duration age() {
        return Duration.between(loaded.seenAt(), clock.instant());
    }

    private void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(timing.retry().toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SetupFailure("interrupted while waiting for the " + name, e);
        }
    }
}
