package dev.sluice.runtime.failure;

import java.io.Serial;

/// It may or may not have taken effect. Never retry blindly: first look.
public final class OutcomeUnknown extends RuntimeException {

    @Serial private static final long serialVersionUID = 1;

    /// @param message names the object and what to check to learn the outcome
    public OutcomeUnknown(String message, Throwable cause) {
        super(message, cause);
    }
}
