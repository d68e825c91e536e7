package dev.sluice.runtime.stream;

import org.jspecify.annotations.Nullable;

import java.util.Objects;

/// Stands for "everything of this shard up to here". Handed out with a batch; a handler gives it
/// back when all that was made from the batch is durable, and the runtime checkpoints.
public final class AckToken {

    private static final AckToken NONE = new AckToken(null);

    private final @Nullable SequenceNumber upTo;

    private AckToken(@Nullable SequenceNumber upTo) {
        this.upTo = upTo;
    }

    /// Acknowledges nothing: the work is still held.
    public static AckToken none() {
        return NONE;
    }

    /// For runtimes and tests: a handler never makes one.
    public static AckToken upTo(SequenceNumber sequence) {
        return new AckToken(Objects.requireNonNull(sequence));
    }

    /// The last record that is acknowledged; null when none is.
    public @Nullable SequenceNumber sequence() {
        return upTo;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AckToken token && Objects.equals(upTo, token.upTo);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(upTo);
    }

    @Override
    public String toString() {
        return "AckToken[" + (upTo == null ? "none" : upTo) + "]";
    }
}
