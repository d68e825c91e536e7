package dev.sluice.enricher;

import dev.sluice.contracts.derived.Derived;
import dev.sluice.enricher.egress.EnricherMetrics;
import dev.sluice.enricher.egress.Outputs;
import dev.sluice.enricher.egress.SliceEntries;
import dev.sluice.enricher.ingress.FrameIngress;
import dev.sluice.enricher.ingress.ReceivedBatch;
import dev.sluice.enricher.process.Consequences;
import dev.sluice.enricher.process.EnrichedBatch;
import dev.sluice.enricher.process.EventEnricher;
import dev.sluice.enricher.process.replay.ReplayFilter;
import dev.sluice.runtime.state.ShardState;
import dev.sluice.runtime.state.StatefulHandler;
import dev.sluice.runtime.stream.AckToken;
import dev.sluice.runtime.stream.RecordBatch;
import dev.sluice.runtime.stream.SequenceNumber;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// Valid frames of one shard in; enriched frames out, and quarantine records for what cannot be
/// read, then what is remembered of them; the token last.
public final class EnrichPipeline implements StatefulHandler {

    /// What is read later than this after its arrival may find a session forgotten that a replay
    /// finds.
    private static final Duration READ_LATE = Duration.ofMinutes(2);

    private final FrameIngress ingress;
    private final ReplayFilter replays;
    private final EventEnricher enricher;
    private final Consequences consequences;
    private final Outputs outputs;
    private final EnricherMetrics metrics;
    private final ShardMemory memory;
    private final InstantSource clock;

    /// @param enricher of the shard
    /// @param consequences of sessions that end although nothing comes
    /// @param memory of the shard; all else may be shared with other shards
    /// @param clock tells how long ago nothing has come
    public EnrichPipeline(
            FrameIngress ingress,
            EventEnricher enricher,
            Consequences consequences,
            Outputs outputs,
            EnricherMetrics metrics,
            ShardMemory memory,
            InstantSource clock) {
        this.ingress = ingress;
        this.replays = new ReplayFilter(memory.marks());
        this.enricher = enricher;
        this.consequences = consequences;
        this.outputs = outputs;
        this.metrics = metrics;
        this.memory = memory;
        this.clock = clock;
    }

    /// Whatever throws leaves the batch unacknowledged; what of it is not yet remembered comes
    /// again, and gives the same output.
    @Override
    public AckToken handle(RecordBatch batch) {
        metrics.seen(batch);
        if (batch.records().isEmpty()) {
            memory.books().catchUp();
            endSessions(batch);
        }
        for (ReceivedBatch received : ingress.slices(batch)) {
            EnrichedBatch enriched;
            try {
                enriched = enricher.apply(replays.apply(received));
                outputs.publish(enriched);
                remember();
            } finally {
                rollback();
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

    /// Time passes although nothing comes.
    private void endSessions(RecordBatch batch) {
        if (!batch.behind().isZero()) {
            return;
        }
        List<Derived> ended = new ArrayList<>();
        try {
            memory.sessions()
                    .advance(
                            clock.instant().minus(READ_LATE),
                            session -> ended.addAll(consequences.of(session)));
            outputs.derived().publish(ended);
            remember();
            metrics.derived(ended);
        } finally {
            rollback();
        }
    }

    private void remember() {
        metrics.forgotten(replays.commit());
        metrics.forgottenDevices(memory.sessions().commit());
    }

    private void rollback() {
        replays.rollback();
        memory.sessions().rollback();
    }
}
