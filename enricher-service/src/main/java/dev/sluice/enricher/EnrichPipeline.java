package dev.sluice.enricher;

import dev.sluice.enricher.egress.EnrichedStream;
import dev.sluice.enricher.egress.EnricherMetrics;
import dev.sluice.enricher.egress.QuarantineStore;
import dev.sluice.enricher.ingress.FrameIngress;
import dev.sluice.enricher.ingress.ReceivedBatch;
import dev.sluice.enricher.process.EnrichedBatch;
import dev.sluice.enricher.process.EventEnricher;
import dev.sluice.runtime.stream.AckToken;
import dev.sluice.runtime.stream.RecordBatch;
import dev.sluice.runtime.stream.ShardHandler;

/// Valid frames in; enriched frames out, and quarantine objects for what cannot be read; the token
/// last. Holds nothing between batches, so one instance serves every shard.
public final class EnrichPipeline implements ShardHandler {

    private final FrameIngress ingress;
    private final EventEnricher enricher;
    private final QuarantineStore quarantine;
    private final EnrichedStream stream;
    private final EnricherMetrics metrics;

    public EnrichPipeline(
            FrameIngress ingress,
            EventEnricher enricher,
            QuarantineStore quarantine,
            EnrichedStream stream,
            EnricherMetrics metrics) {
        this.ingress = ingress;
        this.enricher = enricher;
        this.quarantine = quarantine;
        this.stream = stream;
        this.metrics = metrics;
    }

    /// Whatever throws leaves the batch unacknowledged; it comes again, and gives the same output
    /// but for the time of enrichment.
    @Override
    public AckToken handle(RecordBatch batch) {
        AckToken token = AckToken.none();
        EnricherMetrics.Count count = metrics.count(batch);
        for (ReceivedBatch received : ingress.slices(batch)) {
            EnrichedBatch enriched = enricher.apply(received);
            quarantine.write(enriched.rejected());
            stream.publish(enriched.enriched());
            count.add(enriched);
            token = enriched.token();
        }
        count.recorded();
        return token;
    }
}
