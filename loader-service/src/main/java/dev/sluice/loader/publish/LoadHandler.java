package dev.sluice.loader.publish;

import dev.sluice.loader.window.WindowAge;
import dev.sluice.loader.window.WindowedHandler;
import dev.sluice.runtime.state.ShardState;
import dev.sluice.runtime.state.StatefulHandler;
import dev.sluice.runtime.stream.AckToken;
import dev.sluice.runtime.stream.RecordBatch;
import dev.sluice.runtime.stream.SequenceNumber;

import java.time.InstantSource;

/// The publish loop on one shard: windows, and what is remembered of those that are published. It
/// may remember more than it has acknowledged, for a window ends in the middle of a batch.
public final class LoadHandler implements StatefulHandler {

    private final WindowedHandler windows;
    private final ShardMemory memory;
    private boolean pagesWait;

    /// @param steps may be shared with other shards
    /// @param age of events before they are published
    /// @param lateAge of late ones
    /// @param memory of the shard
    public LoadHandler(
            LoadPipeline.Steps steps,
            WindowLimits limits,
            WindowAge age,
            WindowAge lateAge,
            ShardMemory memory,
            InstantSource clock) {
        this.windows =
                new WindowedHandler(new LoadPipeline(steps, limits, memory), age, lateAge, clock);
        this.memory = memory;
    }

    @Override
    public AckToken handle(RecordBatch batch) {
        if (batch.records().isEmpty() && pagesWait) {
            flush();
        }
        return windows.handle(batch);
    }

    @Override
    public AckToken drain() {
        return windows.drain();
    }

    @Override
    public void abandon() {
        windows.abandon();
    }

    @Override
    public ShardState state() {
        return memory.state();
    }

    @Override
    public void beforeCheckpoint(SequenceNumber upTo) {
        flush();
    }

    private void flush() {
        pagesWait = !memory.books().flush();
    }
}
