package dev.sluice.validator.egress;

import dev.sluice.contracts.event.Receipt;
import dev.sluice.contracts.rejection.QuarantineRecord;
import dev.sluice.validator.ingress.RejectedEvent;
import dev.sluice.validator.process.CheckedEvent;
import dev.sluice.validator.process.UniqueBatch;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/// Which contracts are kept, and by whom not:
/// `sluice.contract.events{event_type,version,source,outcome=kept|refused}`.
///
/// Types without a contract are `unknown`, since their names come from outside; so are source and
/// type of what nobody could read. The version is `none` where no contract was applied. Sources
/// past the first thousand series are `other`.
final class ContractMetrics {

    private static final int MOST_SERIES = 1_000;
    private static final String UNKNOWN = "unknown";
    private static final String NONE = "none";
    private static final String OTHER = "other";

    private record Series(String eventType, String version, String source, boolean kept) {
        Series ofOthers() {
            return new Series(eventType, version, OTHER, kept);
        }
    }

    private final MeterRegistry registry;
    private final Predicate<String> known;
    private final Map<Series, Counter> counters = new ConcurrentHashMap<>();

    /// @param known whether an event type has a contract
    ContractMetrics(MeterRegistry registry, Predicate<String> known) {
        this.registry = registry;
        this.known = known;
    }

    void recorded(UniqueBatch slice) {
        Map<Series, Long> counts = new HashMap<>();
        for (CheckedEvent event : slice.unique()) {
            String source = event.received().receipt().sourceId().value();
            counts.merge(
                    new Series(event.eventType(), event.version(), source, true), 1L, Long::sum);
        }
        for (RejectedEvent event : slice.rejected()) {
            counts.merge(refused(event.quarantined()), 1L, Long::sum);
        }
        counts.forEach((series, count) -> counter(series).increment(count));
    }

    private static Series refused(QuarantineRecord record) {
        String contract = record.contract();
        Receipt receipt = record.receipt();
        return new Series(
                orUnknown(record.eventType()),
                contract == null ? NONE : contract.substring(contract.indexOf('/') + 1),
                orUnknown(receipt == null ? null : receipt.sourceId().value()),
                false);
    }

    private static String orUnknown(@Nullable String text) {
        return text == null ? UNKNOWN : text;
    }

    private Counter counter(Series series) {
        Series named =
                known.test(series.eventType())
                        ? series
                        : new Series(UNKNOWN, series.version(), series.source(), series.kept());
        Counter counter = counters.get(named);
        if (counter != null) {
            return counter;
        }
        Series bounded = counters.size() < MOST_SERIES ? named : named.ofOthers();
        return counters.computeIfAbsent(
                bounded,
                each ->
                        registry.counter(
                                "sluice.contract.events",
                                Tags.of(
                                        "event_type",
                                        each.eventType(),
                                        "version",
                                        each.version(),
                                        "source",
                                        each.source(),
                                        "outcome",
                                        each.kept() ? "kept" : "refused")));
    }
}
