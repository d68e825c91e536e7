package dev.sluice.runtime.kcl;

import dev.sluice.runtime.failure.TransientFailure;
import dev.sluice.runtime.kcl.Retries.Until;
import dev.sluice.runtime.stream.SequenceNumber;
import dev.sluice.runtime.stream.ShardHandler;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import software.amazon.kinesis.exceptions.InvalidStateException;
import software.amazon.kinesis.exceptions.KinesisClientLibDependencyException;
import software.amazon.kinesis.exceptions.ShutdownException;
import software.amazon.kinesis.exceptions.ThrottlingException;
import software.amazon.kinesis.processor.RecordProcessorCheckpointer;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/// Writes what a shard's handler has acknowledged to its lease, seldom enough to be cheap and never
/// more than was acknowledged. The last effect of everything.
final class ShardCheckpoints {

    enum Outcome {
        /// The lease has it.
        WRITTEN,
        /// Another worker has the lease and reads from its own checkpoint: nothing to do.
        LEASE_LOST,
        /// It did not work now; a later checkpoint covers it.
        DEFERRED
    }

    private interface Write {
        void run()
                throws ThrottlingException,
                        ShutdownException,
                        InvalidStateException,
                        KinesisClientLibDependencyException;
    }

    private static final int ATTEMPTS_WHILE_READING = 3;

    private static final Logger log = LoggerFactory.getLogger(ShardCheckpoints.class);

    private final ShardContext context;
    private final ShardStatus status;
    private final Retries retries;
    private Instant due;
    private @Nullable SequenceNumber acknowledged;
    private @Nullable SequenceNumber prepared;
    private @Nullable SequenceNumber written;
    private boolean endPrepared;

    ShardCheckpoints(ShardContext context, ShardStatus status, Retries retries) {
        this.context = context;
        this.status = status;
        this.retries = retries;
        this.due = context.clock().instant().plus(firstDelay(context));
    }

    private static Duration firstDelay(ShardContext context) {
        long interval = context.checkpointInterval().toNanos();
        return Duration.ofNanos(interval == 0 ? 0 : context.random().nextLong(interval));
    }

    /// The newest record that is durable; null while none is.
    @Nullable SequenceNumber acknowledged() {
        return acknowledged;
    }

    /// Notes what is durable. An older position than one noted before says nothing new.
    void acknowledge(@Nullable SequenceNumber upTo) {
        if (upTo != null && (acknowledged == null || upTo.compareTo(acknowledged) > 0)) {
            acknowledged = upTo;
        }
    }

    /// Writes when there is something new and the interval is over. A failure delays reading by a
    /// few attempts at most.
    ///
    /// @return false if the lease turned out to be lost
    boolean writeIfDue(RecordProcessorCheckpointer checkpointer, ShardHandler handler) {
        Instant now = context.clock().instant();
        if (!isBehind() || now.isBefore(due)) {
            return true;
        }
        due = now.plus(context.checkpointInterval());
        return writeAcknowledged(
                        checkpointer, handler, Until.STOP_REQUESTED, ATTEMPTS_WHILE_READING)
                != Outcome.LEASE_LOST;
    }

    /// Writes at once if there is something new; keeps trying until the stop expires.
    void writeNow(RecordProcessorCheckpointer checkpointer, ShardHandler handler) {
        if (isBehind()) {
            writeAcknowledged(checkpointer, handler, Until.STOP_EXPIRED, Retries.NO_LIMIT);
        }
    }

    /// Marks the shard as finished, so that its children start. Keeps trying until a stop.
    Outcome writeShardEnd(RecordProcessorCheckpointer checkpointer, ShardHandler handler) {
        return write(
                () -> {
                    if (!endPrepared) {
                        handler.beforeShardEnd();
                        endPrepared = true;
                    }
                    checkpointer.checkpoint();
                },
                Until.STOP_REQUESTED,
                Retries.NO_LIMIT);
    }

    private boolean isBehind() {
        return acknowledged != null && !acknowledged.equals(written);
    }

    private Outcome writeAcknowledged(
            RecordProcessorCheckpointer to, ShardHandler handler, Until until, int most) {
        SequenceNumber upTo = Objects.requireNonNull(acknowledged);
        Outcome outcome =
                write(
                        () -> {
                            prepare(handler, upTo);
                            to.checkpoint(upTo.toString());
                        },
                        until,
                        most);
        if (outcome == Outcome.WRITTEN) {
            written = upTo;
            tidy(handler, upTo);
        }
        return outcome;
    }

    private void prepare(ShardHandler handler, SequenceNumber upTo) {
        if (!upTo.equals(prepared)) {
            handler.beforeCheckpoint(upTo);
            prepared = upTo;
        }
    }

    private void tidy(ShardHandler handler, SequenceNumber upTo) {
        try {
            handler.afterCheckpoint(upTo);
        } catch (RuntimeException e) {
            log.warn(
                    "stream {} {} could not tidy up after checkpoint {}: {}",
                    context.stream(),
                    status.shard(),
                    upTo,
                    Failure.of(e).reason());
        }
    }

    private Outcome write(Write write, Until until, int most) {
        Outcome outcome =
                retries.attempt("checkpoint", until, most, () -> attempt(write))
                        .orElse(Outcome.DEFERRED);
        context.metrics().checkpoint(outcome);
        if (outcome == Outcome.DEFERRED) {
            status.checkpointDeferred(
                    "it, or what has to be durable before it, could not be written");
        } else {
            status.checkpointed();
        }
        return outcome;
    }

    private Outcome attempt(Write write) {
        try {
            write.run();
            return Outcome.WRITTEN;
        } catch (ShutdownException moved) {
            return Outcome.LEASE_LOST;
        } catch (ThrottlingException e) {
            throw refused("throttles", e);
        } catch (InvalidStateException e) {
            throw refused("does not exist", e);
        } catch (KinesisClientLibDependencyException e) {
            throw refused("is out of reach", e);
        }
    }

    private TransientFailure refused(String why, Exception cause) {
        return new TransientFailure(
                "the lease table of stream %s %s".formatted(context.stream(), why), cause);
    }
}
