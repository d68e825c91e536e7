package dev.sluice.runtime.state;

import dev.sluice.runtime.stream.AckToken;
import dev.sluice.runtime.stream.RecordBatch;
import dev.sluice.runtime.stream.SequenceNumber;
import dev.sluice.runtime.stream.ShardHandler;
import dev.sluice.runtime.stream.StreamRecord;

import java.util.List;

/// A handler with its state, restored: gives it the records that its state does not know, and makes
/// the state durable before each checkpoint.
final class StatefulShard implements ShardHandler {

    private final StatefulHandler handler;
    private final ShardSnapshots snapshots;
    private final StateGauge gauge;

    StatefulShard(StatefulHandler handler, ShardSnapshots snapshots, StateGauge gauge) {
        this.handler = handler;
        this.snapshots = snapshots;
        this.gauge = gauge;
    }

    @Override
    public AckToken handle(RecordBatch batch) {
        AckToken token = handler.handle(unknown(batch));
        gauge.set(handler.state().bytes());
        return token;
    }

    @Override
    public AckToken drain() {
        AckToken token = handler.drain();
        gauge.remove();
        return token;
    }

    @Override
    public void beforeCheckpoint(SequenceNumber upTo) {
        snapshots.write(upTo);
        handler.beforeCheckpoint(upTo);
    }

    @Override
    public void afterCheckpoint(SequenceNumber upTo) {
        snapshots.checkpointed(upTo);
        handler.afterCheckpoint(upTo);
    }

    @Override
    public void beforeShardEnd() {
        snapshots.writeEnd();
        handler.beforeShardEnd();
    }

    @Override
    public void abandon() {
        gauge.remove();
        handler.abandon();
    }

    private RecordBatch unknown(RecordBatch batch) {
        List<StreamRecord> records = batch.records();
        if (records.isEmpty() || !handler.state().reaches(records.getFirst().sequence())) {
            return batch;
        }
        List<StreamRecord> unknown =
                records.stream()
                        .filter(record -> !handler.state().reaches(record.sequence()))
                        .toList();
        return new RecordBatch(
                batch.stream(), batch.shard(), unknown, batch.behind(), batch.token());
    }
}
