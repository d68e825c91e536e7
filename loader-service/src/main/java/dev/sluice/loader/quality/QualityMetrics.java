package dev.sluice.loader.quality;

import dev.sluice.contracts.schema.Owner;
import dev.sluice.loader.quality.Hour.Presence;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// The meters of the data's quality, at the leader:
/// `sluice.quality.findings{signal,event_type,owner}`, how many things are unusual now;
/// `sluice.quality.events{event_type,owner}`, events of the last hour, and
/// `sluice.quality.missing{event_type,field,owner}`, the share of its loaded ones without a field;
/// `sluice.quality.age`, since the last look, or since the task leads;
/// `sluice.quality.failures`, turns that threw.
///
/// Tenants are summed up. Names of types without a contract come from outside: those types are
/// `unknown`, and their owner is `nobody`.
final class QualityMetrics {

    /// Of a meter; tenants may have types without end.
    private static final int MOST_SERIES = 1_000;

    private static final String UNKNOWN = "unknown";
    private static final String NOBODY = "nobody";

    private final MultiGauge findings;
    private final MultiGauge events;
    private final MultiGauge missing;
    private final Counter failures;

    QualityMetrics(MeterRegistry registry, Supplier<Duration> age) {
        findings = MultiGauge.builder("sluice.quality.findings").register(registry);
        events = MultiGauge.builder("sluice.quality.events").register(registry);
        missing = MultiGauge.builder("sluice.quality.missing").register(registry);
        failures = registry.counter("sluice.quality.failures");
        TimeGauge.builder("sluice.quality.age", () -> age.get().toMillis(), TimeUnit.MILLISECONDS)
                .register(registry);
    }

    void looked(QualityCheck.Look look, KnownTypes known) {
        Map<Tags, Double> open = new HashMap<>();
        for (Finding finding : look.findings()) {
            Tags type = type(finding.subject().type().typeOfTenant(), known);
            String signal = finding.subject().signal().code();
            open.merge(type.and("signal", signal), 1.0, Double::sum);
        }
        register(findings, open);
        Map<Tags, Double> counts = new HashMap<>();
        look.hour()
                .types()
                .forEach(
                        (key, count) ->
                                counts.merge(
                                        type(key.typeOfTenant(), known),
                                        (double) count.all(),
                                        Double::sum));
        register(events, counts);
        register(missing, shares(look.hour(), known));
    }

    /// What was known of the events is not known by now, or by this task.
    void forget() {
        for (MultiGauge gauge : List.of(findings, events, missing)) {
            gauge.register(List.of(), true);
        }
    }

    void failed() {
        failures.increment();
    }

    private static Map<Tags, Double> shares(Hour hour, KnownTypes known) {
        Map<Tags, Presence> sums = new HashMap<>();
        hour.fields()
                .forEach(
                        (key, presence) ->
                                sums.merge(
                                        type(key.typeOfTenant(), known).and("field", key.field()),
                                        presence,
                                        Presence::plus));
        Map<Tags, Double> shares = new HashMap<>();
        sums.forEach((tags, presence) -> shares.put(tags, presence.missingShare()));
        return shares;
    }

    private static Tags type(TypeOfTenant type, KnownTypes known) {
        return Tags.of(
                "event_type",
                known.has(type) ? type.eventType() : UNKNOWN,
                "owner",
                known.owner(type).map(Owner::team).orElse(NOBODY));
    }

    private static void register(MultiGauge gauge, Map<Tags, Double> values) {
        gauge.register(
                values.entrySet().stream()
                        .limit(MOST_SERIES)
                        .<Row<?>>map(value -> Row.of(value.getKey(), value.getValue()))
                        .toList(),
                true);
    }
}
