package dev.sluice.runtime.failure;

import java.io.Serial;

/// It did not work now and may work later; nothing took effect, or doing it again does no harm.
/// Retry with a delay.
public final class TransientFailure extends RuntimeException {

    @Serial private static final long serialVersionUID = 1;

    /// @param message names the object (stream and shard, bucket and key, table), never a payload
    public TransientFailure(String message, Throwable cause) {
        super(message, cause);
    }

    public TransientFailure(String message) {
        super(message);
    }
}
