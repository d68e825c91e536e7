package dev.sluice.runtime.failure;

import java.io.Serial;

/// It cannot work until somebody changes something: a missing stream or bucket, a refused
/// permission, a wrong setting. Alert, report unhealthy, try again slowly.
public final class SetupFailure extends RuntimeException {

    @Serial private static final long serialVersionUID = 1;

    /// @param message names the object and what to change
    public SetupFailure(String message, Throwable cause) {
        super(message, cause);
    }

    public SetupFailure(String message) {
        super(message);
    }
}
