package dev.sluice.collector.producers;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/// The producers by their keys, as the store had them last. While the store is away the last good
/// copy stays. A key that is unknown has the store read again, once a second at most, so that a new
/// key opens at once and guesses cost nothing. Thread-safe; a known key costs a look into a map.
public final class ProducerDirectory {

    private static final Logger LOG = LoggerFactory.getLogger(ProducerDirectory.class);
    private static final Duration EARLIEST = Duration.ofSeconds(1);

    private final ProducerSource store;
    private final Duration maxAge;
    private final InstantSource clock;
    private final AtomicReference<Instant> triedAt = new AtomicReference<>(Instant.MIN);
    private volatile Map<String, ProducerKey> byHash;
    private volatile Instant readAt;
    private volatile boolean failing;

    /// Reads the store.
    ///
    /// @param maxAge after which it is read again
    /// @throws RuntimeException the store's own, if it cannot be read the first time
    public ProducerDirectory(
            ProducerSource store, Duration maxAge, InstantSource clock, MeterRegistry meters) {
        this.store = store;
        this.maxAge = maxAge;
        this.clock = clock;
        byHash = byHash(store.all());
        readAt = clock.instant();
        triedAt.set(readAt);
        Gauge.builder("sluice.collector.keys.age", this, ProducerDirectory::ageSeconds)
                .baseUnit("seconds")
                .register(meters);
    }

    /// The producer of a live key. How long it takes tells about the hash at most, and who can
    /// choose the hash of a key can break SHA-256.
    public Optional<Producer> find(String key) {
        Instant now = clock.instant();
        String hash = KeyHash.of(key).hex();
        ProducerKey known = byHash.get(hash);
        boolean stale = Duration.between(readAt, now).compareTo(maxAge) >= 0;
        if (stale || known == null) {
            refresh(now);
            known = byHash.get(hash);
        }
        return Optional.ofNullable(known)
                .filter(found -> found.livesAt(now))
                .map(ProducerKey::producer);
    }

    /// One caller reads the store; all others go on with what there is.
    private void refresh(Instant now) {
        Instant last = triedAt.get();
        if (Duration.between(last, now).compareTo(EARLIEST) < 0
                || !triedAt.compareAndSet(last, now)) {
            return;
        }
        try {
            byHash = byHash(store.all());
            readAt = now;
            failing = false;
        } catch (RuntimeException away) {
            if (!failing) {
                LOG.warn("keys stay as they were at {}: {}", readAt, away.getMessage());
            }
            failing = true;
        }
    }

    /// 0 while the store can be read: nobody asks for keys where nobody sends.
    private double ageSeconds() {
        return !failing ? 0 : Duration.between(readAt, clock.instant()).toMillis() / 1000.0;
    }

    private static Map<String, ProducerKey> byHash(List<ProducerKey> keys) {
        Map<String, ProducerKey> map = new HashMap<>();
        keys.forEach(key -> map.put(key.hash().hex(), key));
        return Map.copyOf(map);
    }
}
