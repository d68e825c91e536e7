package dev.sluice.runtime.kcl;

import dev.sluice.runtime.failure.SetupFailure;
import dev.sluice.runtime.kcl.Retries.Until;
import dev.sluice.runtime.stream.AckToken;
import dev.sluice.runtime.stream.RecordBatch;
import dev.sluice.runtime.stream.SequenceNumber;
import dev.sluice.runtime.stream.ShardHandler;
import dev.sluice.runtime.stream.ShardId;
import dev.sluice.runtime.stream.ShardStart;
import dev.sluice.runtime.stream.StreamRecord;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import software.amazon.kinesis.processor.RecordProcessorCheckpointer;
import software.amazon.kinesis.retrieval.kpl.ExtendedSequenceNumber;

import java.util.Comparator;
import java.util.Optional;

/// One shard under one lease, from open to its end. Its handler ends exactly once: drained, when
/// the shard is finished or the consumer stops, or abandoned.
final class ShardWork {

    private enum Stage {
        READING,
        /// A batch was not taken, or the lease is lost: nothing more may be offered.
        GAVE_UP,
        DRAINED,
        ABANDONED
    }

    private static final Logger log = LoggerFactory.getLogger(ShardWork.class);

    private final ShardContext context;
    private final ShardId shard;
    private final ShardLease lease;
    private final ExtendedSequenceNumber checkpoint;
    private final ShardStatus status;
    private final Retries retries;
    private final ShardCheckpoints checkpoints;
    private Stage stage = Stage.READING;
    private @Nullable ShardHandler handler;
    private @Nullable SequenceNumber taken;

    /// @param checkpoint as the lease has it: a record, or one of the library's words
    ShardWork(ShardContext context, ShardId shard, ExtendedSequenceNumber checkpoint) {
        this.context = context;
        this.shard = shard;
        this.status = context.status().opened(shard);
        this.lease = context.leases().current(shard);
        this.checkpoint = checkpoint;
        this.retries = new Retries(context, status, lease);
        this.checkpoints = new ShardCheckpoints(context, status, retries);
    }

    ShardId shard() {
        return shard;
    }

    /// Opens the handler; tries until that works or the lease is gone. A shard that was finished
    /// before has nothing to read, and what its handler left behind is its children's now.
    void open() {
        if (checkpoint.equals(ExtendedSequenceNumber.SHARD_END)) {
            stage = Stage.DRAINED;
            handler = batch -> AckToken.none();
            context.status().ended(status);
            return;
        }
        Optional<ShardHandler> opened =
                context.stop().requested()
                        ? Optional.empty()
                        : retries.attempt(
                                "opening",
                                Until.STOP_REQUESTED,
                                () -> context.handlers().open(start()));
        opened.ifPresentOrElse(h -> handler = h, () -> stage = Stage.GAVE_UP);
        if (stage == Stage.GAVE_UP) {
            context.status().ended(status);
        }
    }

    /// Offers a batch until it is taken, and checkpoints when that is due.
    void take(RecordBatch batch, RecordProcessorCheckpointer checkpointer) {
        ShardHandler reader = handler;
        if (stage != Stage.READING || reader == null) {
            return;
        }
        status.received(batch.behind());
        batch.records().stream()
                .map(StreamRecord::arrivedAt)
                .max(Comparator.naturalOrder())
                .ifPresent(status::arrived);
        SequenceNumber newest = newest(batch);
        Optional<AckToken> token =
                retries.attempt(
                        "handling",
                        Until.STOP_REQUESTED,
                        () -> known(reader.handle(batch), newest));
        if (token.isEmpty()) {
            stage = Stage.GAVE_UP;
            return;
        }
        taken = newest;
        checkpoints.acknowledge(token.get().sequence());
        if (!checkpoints.writeIfDue(checkpointer, reader)) {
            stage = Stage.GAVE_UP;
        }
        status.ticked();
    }

    /// The shard is closed and all of it was offered: its children wait for this to be durable.
    ///
    /// @throws IllegalStateException if it is not finished; the library calls again while it holds
    ///     the lease
    void finish(RecordProcessorCheckpointer checkpointer) {
        ShardHandler reader = handler;
        if (stage == Stage.READING && reader != null) {
            retries.attempt("draining", Until.STOP_REQUESTED, () -> everything(reader.drain()))
                    .ifPresent(token -> stage = Stage.DRAINED);
        }
        if (stage != Stage.DRAINED || reader == null) {
            throw new IllegalStateException(named() + " ended before all of it was acknowledged");
        }
        switch (checkpoints.writeShardEnd(checkpointer, reader)) {
            case WRITTEN, LEASE_LOST -> context.status().ended(status);
            case DEFERRED ->
                    throw new IllegalStateException(named() + " could not be marked as finished");
        }
    }

    /// The consumer stops: makes durable what was taken, for as long as the stop may take.
    void drain(RecordProcessorCheckpointer checkpointer) {
        ShardHandler reader = handler;
        if (reader == null || stage == Stage.DRAINED || stage == Stage.ABANDONED) {
            return;
        }
        Optional<AckToken> token =
                retries.attempt("draining", Until.STOP_EXPIRED, () -> known(reader.drain(), taken));
        token.ifPresent(t -> checkpoints.acknowledge(t.sequence()));
        checkpoints.writeNow(checkpointer, reader);
        if (token.isPresent()) {
            stage = Stage.DRAINED;
            context.status().ended(status);
        }
    }

    /// The lease is gone, or given back before the handler could be drained. An abandoned
    /// handler holds nothing that counts, so its failure changes nothing.
    void abandon() {
        context.status().ended(status);
        ShardHandler reader = handler;
        if (reader == null || stage == Stage.DRAINED || stage == Stage.ABANDONED) {
            return;
        }
        stage = Stage.ABANDONED;
        try {
            reader.abandon();
        } catch (RuntimeException e) {
            log.warn("{} could not release what it held: {}", named(), Failure.of(e).reason());
        }
    }

    private ShardStart start() {
        SequenceNumber last =
                checkpoint.isSentinelCheckpoint()
                        ? null
                        : SequenceNumber.of(checkpoint.sequenceNumber());
        return new ShardStart(context.stream(), shard, lease.range(), last, lease.parents());
    }

    private @Nullable SequenceNumber newest(RecordBatch batch) {
        return batch.records().isEmpty() ? taken : batch.records().getLast().sequence();
    }

    private AckToken known(AckToken token, @Nullable SequenceNumber newest) {
        SequenceNumber upTo = token.sequence();
        if (upTo != null && (newest == null || upTo.compareTo(newest) > 0)) {
            throw new SetupFailure(
                    "%s: acknowledged up to %s, given up to %s".formatted(named(), upTo, newest));
        }
        return token;
    }

    private AckToken everything(AckToken token) {
        checkpoints.acknowledge(known(token, taken).sequence());
        if (taken != null && !taken.equals(checkpoints.acknowledged())) {
            throw new SetupFailure(
                    "%s: drained up to %s, given up to %s"
                            .formatted(named(), checkpoints.acknowledged(), taken));
        }
        return token;
    }

    private String named() {
        return "stream " + context.stream() + " " + shard;
    }
}
