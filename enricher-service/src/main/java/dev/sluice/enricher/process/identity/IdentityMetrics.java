package dev.sluice.enricher.process.identity;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

/// Counts `sluice.identity.lookups{result}` of the distinct ids of a slice: `hit`, `negative`,
/// `fetched`, `failed`; `sluice.identity.links{result}`: `linked`, `refused`, `failed`; and
/// `sluice.identity.guarded{why}`, what was left unlinked on purpose: `shared`, `person_full`,
/// `id_full`, and chains that were cut: `too_deep`.
final class IdentityMetrics {

    final Counter hit;
    final Counter negative;
    final Counter fetched;
    final Counter failed;
    final Counter linked;
    final Counter linkRefused;
    final Counter linkFailed;
    final Counter shared;
    final Counter personFull;
    final Counter idFull;
    final Counter tooDeep;

    IdentityMetrics(MeterRegistry registry) {
        hit = lookups(registry, "hit");
        negative = lookups(registry, "negative");
        fetched = lookups(registry, "fetched");
        failed = lookups(registry, "failed");
        linked = links(registry, "linked");
        linkRefused = links(registry, "refused");
        linkFailed = links(registry, "failed");
        shared = guarded(registry, "shared");
        personFull = guarded(registry, "person_full");
        idFull = guarded(registry, "id_full");
        tooDeep = guarded(registry, "too_deep");
    }

    private static Counter lookups(MeterRegistry registry, String result) {
        return registry.counter("sluice.identity.lookups", Tags.of("result", result));
    }

    private static Counter links(MeterRegistry registry, String result) {
        return registry.counter("sluice.identity.links", Tags.of("result", result));
    }

    private static Counter guarded(MeterRegistry registry, String why) {
        return registry.counter("sluice.identity.guarded", Tags.of("why", why));
    }
}
