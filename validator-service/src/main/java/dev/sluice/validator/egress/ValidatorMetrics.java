package dev.sluice.validator.egress;

import dev.sluice.contracts.rejection.QuarantineRecord;
import dev.sluice.contracts.rejection.RejectionReason;
import dev.sluice.runtime.metrics.StageMetrics;
import dev.sluice.runtime.metrics.Tally;
import dev.sluice.runtime.stream.RecordBatch;
import dev.sluice.validator.process.CheckedBatch;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

import java.util.EnumMap;
import java.util.Map;

/// Counts what became of batches, once they are durable: `sluice.events` of every stage, and
/// `sluice.rejections{stage,reason}`.
public final class ValidatorMetrics {

    private static final String STAGE = "validator";

    private final StageMetrics events;
    private final MeterRegistry registry;

    public ValidatorMetrics(MeterRegistry registry) {
        this.registry = registry;
        events = new StageMetrics(registry, STAGE);
    }

    /// Starts the count of a batch; nothing shows before [Count#recorded].
    public Count count(RecordBatch batch) {
        events.seen(batch);
        return new Count();
    }

    /// The count of one batch, slice by slice.
    public final class Count {
        private final Map<RejectionReason, Long> reasons = new EnumMap<>(RejectionReason.class);
        private Tally tally = Tally.ZERO;

        private Count() {}

        public void add(CheckedBatch checked) {
            int valid = checked.valid().size();
            int rejected = checked.rejected().size();
            tally = tally.plus(new Tally(valid + rejected, valid, rejected, 0, 0));
            for (QuarantineRecord refused : checked.rejected()) {
                reasons.merge(refused.reason(), 1L, Long::sum);
            }
        }

        /// Shows the count, now that all of it is durable.
        public void recorded() {
            events.recorded(tally);
            reasons.forEach(
                    (reason, count) ->
                            registry.counter(
                                            "sluice.rejections",
                                            Tags.of("stage", STAGE, "reason", reason.code()))
                                    .increment(count));
        }
    }
}
