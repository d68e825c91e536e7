package dev.sluice.enricher;

import dev.sluice.enricher.egress.EnrichedStream;
import dev.sluice.enricher.egress.EnricherMetrics;
import dev.sluice.enricher.egress.QuarantineStream;
import dev.sluice.enricher.egress.SliceEntries;
import dev.sluice.enricher.ingress.FrameIngress;
import dev.sluice.enricher.ingress.ReceivedBatch;
import dev.sluice.enricher.process.EnrichedBatch;
import dev.sluice.enricher.process.EventEnricher;
import dev.sluice.enricher.process.replay.ReplayFilter;
import dev.sluice.runtime.state.ShardState;
import dev.sluice.runtime.state.StatefulHandler;
import dev.sluice.runtime.stream.AckToken;
import dev.sluice.runtime.stream.RecordBatch;
import dev.sluice.runtime.stream.SequenceNumber;

/// Valid frames of one shard in; enriched frames out, and quarantine records for what cannot be
/// read, then what is remembered of them; the token last.
public final class EnrichPipeline implements StatefulHandler {

    private final FrameIngress ingress;
    private final ReplayFilter replays;
    private final EventEnricher enricher;
    private final QuarantineStream quarantine;
    private final EnrichedStream stream;
    private final EnricherMetrics metrics;
    private final ShardMemory memory;

    /// @param memory of the shard; all else may be shared with other shards
    public EnrichPipeline(
            FrameIngress ingress,
            EventEnricher enricher,
            QuarantineStream quarantine,
            EnrichedStream stream,
            EnricherMetrics metrics,
            ShardMemory memory) {
        this.ingress = ingress;
        this.replays = new ReplayFilter(memory.marks());
        this.enricher = enricher;
        this.quarantine = quarantine;
        this.stream = stream;
        this.metrics = metrics;
        this.memory = memory;
    }

    /// Whatever throws leaves the batch unacknowledged; what of it is not yet remembered comes
    /// again, and gives the same output but for the time of enrichment.
    @Override
    public AckToken handle(RecordBatch batch) {
        metrics.seen(batch);
        if (batch.records().isEmpty()) {
            memory.books().catchUp();
        }
        for (ReceivedBatch received : ingress.slices(batch)) {
            EnrichedBatch enriched;
            try {
                enriched = enricher.apply(replays.apply(received));
                quarantine.publish(enriched.quarantined());
                stream.publish(enriched.enriched());
                metrics.forgotten(replays.commit());
            } finally {
                replays.rollback();
            }
            memory.books().add(SliceEntries.of(enriched));
            memory.state().advance(enriched.upTo());
            metrics.recorded(enriched);
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
