package dev.sluice.runtime.kcl;

import dev.sluice.runtime.stream.ShardId;

import org.jspecify.annotations.Nullable;

import software.amazon.kinesis.lifecycle.events.InitializationInput;
import software.amazon.kinesis.lifecycle.events.LeaseLostInput;
import software.amazon.kinesis.lifecycle.events.ProcessRecordsInput;
import software.amazon.kinesis.lifecycle.events.ShardEndedInput;
import software.amazon.kinesis.lifecycle.events.ShutdownRequestedInput;
import software.amazon.kinesis.processor.ShardRecordProcessor;

/// The library's side of a shard. The library calls one method at a time; while a call lasts it
/// says nothing of a lost lease or a stop, and of a batch whose call throws it drops the records.
final class ShardProcessor implements ShardRecordProcessor {

    private final ShardContext context;
    private @Nullable ShardWork work;

    ShardProcessor(ShardContext context) {
        this.context = context;
    }

    @Override
    public void initialize(InitializationInput input) {
        ShardWork opening =
                new ShardWork(
                        context, new ShardId(input.shardId()), input.extendedSequenceNumber());
        opening.open();
        work = opening;
    }

    @Override
    public void processRecords(ProcessRecordsInput input) {
        ShardWork current = opened();
        current.take(
                RecordBatches.of(context.stream(), current.shard(), input), input.checkpointer());
    }

    @Override
    public void shardEnded(ShardEndedInput input) {
        opened().finish(input.checkpointer());
    }

    /// Also called for a shard that never came to be initialised.
    @Override
    public void shutdownRequested(ShutdownRequestedInput input) {
        if (work != null) {
            work.drain(input.checkpointer());
        }
    }

    /// Also called for a shard that never came to be initialised.
    @Override
    public void leaseLost(LeaseLostInput input) {
        if (work != null) {
            work.abandon();
        }
    }

    private ShardWork opened() {
        if (work == null) {
            throw new IllegalStateException(
                    "a shard of stream " + context.stream() + " is used before it is initialised");
        }
        return work;
    }
}
