package dev.sluice.runtime.state;

import dev.sluice.runtime.stream.AckToken;
import dev.sluice.runtime.stream.RecordBatch;
import dev.sluice.runtime.stream.SequenceNumber;
import dev.sluice.runtime.stream.ShardStart;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/// Counts the texts it is given, and writes down each batch. Acknowledges at once, or one batch
/// later, which leaves its state ahead of the checkpoint.
public final class Counter implements StatefulHandler {

    public final ShardStart start;
    public final Counts counts = new Counts();
    public final List<List<String>> batches = new CopyOnWriteArrayList<>();
    private final ShardState state = new ShardState(Map.of("counts", counts));
    private final boolean late;
    private AckToken newest = AckToken.none();
    boolean abandoned;

    public Counter(ShardStart start, boolean late) {
        this.start = start;
        this.late = late;
    }

    @Override
    public ShardState state() {
        return state;
    }

    @Override
    public AckToken handle(RecordBatch batch) {
        List<String> texts =
                batch.records().stream()
                        .map(record -> new String(record.data(), StandardCharsets.UTF_8))
                        .toList();
        batches.add(texts);
        texts.forEach(counts::add);
        AckToken before = newest;
        SequenceNumber upTo = batch.token().sequence();
        if (upTo != null) {
            newest = batch.token();
            state.advance(upTo);
        }
        return late ? before : newest;
    }

    @Override
    public AckToken drain() {
        return newest;
    }

    @Override
    public void abandon() {
        abandoned = true;
    }
}
