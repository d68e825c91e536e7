package dev.sluice.validator;

import dev.sluice.runtime.stream.AckToken;
import dev.sluice.runtime.stream.RecordBatch;
import dev.sluice.runtime.stream.ShardHandler;
import dev.sluice.validator.egress.QuarantineStore;
import dev.sluice.validator.egress.ValidStream;
import dev.sluice.validator.egress.ValidatorMetrics;
import dev.sluice.validator.ingress.FrameIngress;
import dev.sluice.validator.ingress.ReceivedBatch;
import dev.sluice.validator.process.BatchCheck;
import dev.sluice.validator.process.CheckedBatch;

/// Collected frames in; valid frames and quarantine objects out; the token last. Holds nothing
/// between batches, so one instance serves every shard.
public final class ValidatePipeline implements ShardHandler {

    private final FrameIngress ingress;
    private final BatchCheck check;
    private final QuarantineStore quarantine;
    private final ValidStream stream;
    private final ValidatorMetrics metrics;

    public ValidatePipeline(
            FrameIngress ingress,
            BatchCheck check,
            QuarantineStore quarantine,
            ValidStream stream,
            ValidatorMetrics metrics) {
        this.ingress = ingress;
        this.check = check;
        this.quarantine = quarantine;
        this.stream = stream;
        this.metrics = metrics;
    }

    /// Whatever throws leaves the batch unacknowledged; it comes again, and gives the same output.
    @Override
    public AckToken handle(RecordBatch batch) {
        AckToken token = AckToken.none();
        ValidatorMetrics.Count count = metrics.count(batch);
        for (ReceivedBatch received : ingress.slices(batch)) {
            CheckedBatch checked = check.apply(received);
            quarantine.write(checked.rejected());
            stream.publish(checked.valid());
            count.add(checked);
            token = checked.token();
        }
        count.recorded();
        return token;
    }
}
