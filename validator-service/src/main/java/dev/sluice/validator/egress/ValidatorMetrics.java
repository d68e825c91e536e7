package dev.sluice.validator.egress;

import dev.sluice.contracts.event.TenantId;
import dev.sluice.contracts.rejection.RejectionReason;
import dev.sluice.runtime.metrics.StageMetrics;
import dev.sluice.runtime.metrics.Tally;
import dev.sluice.runtime.stream.RecordBatch;
import dev.sluice.validator.ingress.RejectedEvent;
import dev.sluice.validator.process.UniqueBatch;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.BiPredicate;

/// Counts what became of events, once that is durable: `sluice.events` of every stage,
/// `sluice.rejections{stage,reason}`, those of {@link ContractMetrics}, and
/// `sluice.state.evicted{stage}`.
public final class ValidatorMetrics {

    /// The service's name for itself.
    public static final String STAGE = "validator";

    private final StageMetrics events;
    private final MeterRegistry registry;
    private final ContractMetrics contracts;
    private final Counter evicted;

    /// @param known whether a tenant has a contract for an event type
    public ValidatorMetrics(MeterRegistry registry, BiPredicate<TenantId, String> known) {
        this.registry = registry;
        contracts = new ContractMetrics(registry, known);
        events = new StageMetrics(registry, STAGE);
        evicted = registry.counter("sluice.state.evicted", Tags.of("stage", STAGE));
    }

    /// Notes how far behind a batch was.
    public void seen(RecordBatch batch) {
        events.seen(batch);
    }

    /// Counts a slice.
    public void recorded(UniqueBatch slice) {
        int unique = slice.unique().size();
        int rejected = slice.rejected().size();
        int duplicates = slice.duplicates().size();
        contracts.recorded(slice);
        int suppressed = slice.suppressed().size();
        events.recorded(
                new Tally(
                        unique + rejected + duplicates + suppressed,
                        unique,
                        rejected,
                        duplicates,
                        suppressed));
        Map<RejectionReason, Long> reasons = new EnumMap<>(RejectionReason.class);
        for (RejectedEvent event : slice.rejected()) {
            reasons.merge(event.quarantined().reason(), 1L, Long::sum);
        }
        reasons.forEach(
                (reason, count) ->
                        registry.counter(
                                        "sluice.rejections",
                                        Tags.of("stage", STAGE, "reason", reason.code()))
                                .increment(count));
    }

    /// Counts ids that had to go before their window was over: copies of their events pass.
    public void evicted(long ids) {
        evicted.increment(ids);
    }
}
