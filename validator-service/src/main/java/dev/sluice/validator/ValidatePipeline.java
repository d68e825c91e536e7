package dev.sluice.validator;

import dev.sluice.runtime.state.ShardState;
import dev.sluice.runtime.state.StatefulHandler;
import dev.sluice.runtime.stream.AckToken;
import dev.sluice.runtime.stream.RecordBatch;
import dev.sluice.runtime.stream.SequenceNumber;
import dev.sluice.validator.egress.QuarantineStream;
import dev.sluice.validator.egress.SliceEntries;
import dev.sluice.validator.egress.ValidStream;
import dev.sluice.validator.egress.ValidatorMetrics;
import dev.sluice.validator.ingress.FrameIngress;
import dev.sluice.validator.ingress.ReceivedBatch;
import dev.sluice.validator.process.AllowedBatch;
import dev.sluice.validator.process.BatchCheck;
import dev.sluice.validator.process.CheckedBatch;
import dev.sluice.validator.process.UniqueBatch;
import dev.sluice.validator.process.duplicate.DuplicateFilter;
import dev.sluice.validator.process.suppression.SuppressionFilter;

/// Collected frames of one shard in; valid frames and quarantine records out, then what is
/// remembered of them; the token last.
public final class ValidatePipeline implements StatefulHandler {

    private final FrameIngress ingress;
    private final BatchCheck check;
    private final SuppressionFilter suppression;
    private final DuplicateFilter duplicates;
    private final QuarantineStream quarantine;
    private final ValidStream stream;
    private final ValidatorMetrics metrics;
    private final ShardMemory memory;

    /// @param suppression for this shard alone
    /// @param memory of the shard; all else may be shared with other shards
    public ValidatePipeline(
            FrameIngress ingress,
            BatchCheck check,
            SuppressionFilter suppression,
            QuarantineStream quarantine,
            ValidStream stream,
            ValidatorMetrics metrics,
            ShardMemory memory) {
        this.ingress = ingress;
        this.check = check;
        this.suppression = suppression;
        this.duplicates = new DuplicateFilter(memory.ids());
        this.quarantine = quarantine;
        this.stream = stream;
        this.metrics = metrics;
        this.memory = memory;
    }

    /// Whatever throws leaves the batch unacknowledged; what of it is not yet remembered comes
    /// again, and gives the same output.
    @Override
    public AckToken handle(RecordBatch batch) {
        metrics.seen(batch);
        if (batch.records().isEmpty()) {
            memory.books().catchUp();
        }
        for (ReceivedBatch received : ingress.slices(batch)) {
            CheckedBatch checked = check.apply(received);
            AllowedBatch allowed = suppression.apply(checked);
            UniqueBatch unique;
            try {
                unique = duplicates.apply(allowed);
                quarantine.publish(unique.quarantined());
                stream.publish(unique.unique());
                duplicates.commit();
            } finally {
                duplicates.rollback();
            }
            memory.books().add(SliceEntries.of(unique));
            memory.state().advance(unique.upTo());
            metrics.recorded(unique);
        }
        return batch.token();
    }

    @Override
    public ShardState state() {
        return memory.state();
    }

    @Override
    public void beforeCheckpoint(SequenceNumber upTo) {
        memory.books().flush();
    }
}
