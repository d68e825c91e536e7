package dev.sluice.enricher;

import dev.sluice.enricher.egress.EnrichedStream;
import dev.sluice.enricher.egress.EnricherMetrics;
import dev.sluice.enricher.egress.QuarantineStore;
import dev.sluice.enricher.ingress.FrameIngress;
import dev.sluice.enricher.ingress.ReceivedBatch;
import dev.sluice.enricher.process.EnrichedBatch;
import dev.sluice.enricher.process.EventEnricher;
import dev.sluice.enricher.process.replay.FreshBatch;
import dev.sluice.enricher.process.replay.ReplayFilter;
import dev.sluice.runtime.state.ShardState;
import dev.sluice.runtime.state.StatefulHandler;
import dev.sluice.runtime.stream.AckToken;
import dev.sluice.runtime.stream.RecordBatch;

/// Valid frames of one shard in; enriched frames out, and quarantine objects for what cannot be
/// read, then what is remembered of them; the token last.
public final class EnrichPipeline implements StatefulHandler {

    private final FrameIngress ingress;
    private final ReplayFilter replays;
    private final EventEnricher enricher;
    private final QuarantineStore quarantine;
    private final EnrichedStream stream;
    private final EnricherMetrics metrics;
    private final ShardState state;

    /// @param memory of the shard; all else may be shared with other shards
    public EnrichPipeline(
            FrameIngress ingress,
            EventEnricher enricher,
            QuarantineStore quarantine,
            EnrichedStream stream,
            EnricherMetrics metrics,
            ShardMemory memory) {
        this.ingress = ingress;
        this.replays = new ReplayFilter(memory.marks());
        this.enricher = enricher;
        this.quarantine = quarantine;
        this.stream = stream;
        this.metrics = metrics;
        this.state = memory.state();
    }

    /// Whatever throws leaves the batch unacknowledged; what of it is not yet remembered comes
    /// again, and gives the same output but for the time of enrichment.
    @Override
    public AckToken handle(RecordBatch batch) {
        metrics.seen(batch);
        for (ReceivedBatch received : ingress.slices(batch)) {
            try {
                metrics.recorded(pass(received));
            } finally {
                replays.rollback();
            }
        }
        return batch.token();
    }

    private EnrichedBatch pass(ReceivedBatch received) {
        FreshBatch fresh = replays.apply(received);
        EnrichedBatch enriched = enricher.apply(fresh);
        quarantine.write(enriched.rejected());
        stream.publish(enriched.enriched());
        metrics.forgotten(replays.commit());
        state.advance(enriched.upTo());
        return enriched;
    }

    @Override
    public ShardState state() {
        return state;
    }
}
