package dev.sluice.validator.egress;

import dev.sluice.contracts.event.Receipt;
import dev.sluice.contracts.event.TenantId;
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
import java.util.function.BiPredicate;

/// Which contracts are kept, and by whom not:
/// `sluice.contract.events{event_type,version,source,outcome=kept|refused}`.
///
/// Types without a contract are `unknown`, since their names come from outside; so are source and
/// type of what nobody could read. The version is `none` where no contract was applied. What would
/// be past the first thousand series is `other` in all of them.
final class ContractMetrics {

    private static final int MOST_SERIES = 1_000;
    private static final String UNKNOWN = "unknown";
    private static final String NONE = "none";
    private static final String OTHER = "other";

    private record Series(String eventType, String version, String source, boolean kept) {
        Series ofOthers() {
            return new Series(OTHER, OTHER, OTHER, kept);
        }
    }

    private final MeterRegistry registry;
    private final BiPredicate<TenantId, String> known;
    private final Map<Series, Counter> counters = new ConcurrentHashMap<>();

    /// @param known whether a tenant has a contract for an event type
    ContractMetrics(MeterRegistry registry, BiPredicate<TenantId, String> known) {
        this.registry = registry;
        this.known = known;
    }

    void recorded(UniqueBatch slice) {
        Map<Series, Long> counts = new HashMap<>();
        for (CheckedEvent event : slice.unique()) {
            counts.merge(kept(event), 1L, Long::sum);
        }
        for (RejectedEvent event : slice.rejected()) {
            counts.merge(refused(event.quarantined()), 1L, Long::sum);
        }
        counts.forEach((series, count) -> counter(series).increment(count));
    }

    private Series kept(CheckedEvent event) {
        Receipt receipt = event.received().receipt();
        return new Series(
                known(receipt, event.eventType()),
                event.version(),
                receipt.sourceId().value(),
                true);
    }

    private Series refused(QuarantineRecord record) {
        String contract = record.contract();
        Receipt receipt = record.receipt();
        return new Series(
                known(receipt, record.eventType()),
                contract == null ? NONE : contract.substring(contract.indexOf('/') + 1),
                receipt == null ? UNKNOWN : receipt.sourceId().value(),
                false);
    }

    private String known(@Nullable Receipt receipt, @Nullable String type) {
        return receipt != null && type != null && known.test(receipt.tenantId(), type)
                ? type
                : UNKNOWN;
    }

    private Counter counter(Series series) {
        Counter counter = counters.get(series);
        if (counter != null) {
            return counter;
        }
        Series bounded = counters.size() < MOST_SERIES ? series : series.ofOthers();
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
