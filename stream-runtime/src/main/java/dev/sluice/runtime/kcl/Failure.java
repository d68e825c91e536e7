package dev.sluice.runtime.kcl;

import dev.sluice.runtime.failure.OutcomeUnknown;
import dev.sluice.runtime.failure.SetupFailure;
import dev.sluice.runtime.failure.TransientFailure;

import java.util.Arrays;

/// What went wrong, in words that may be logged: the message of a failure of ours, which names its
/// object; of anything else only the type and the place, because its message may hold a payload.
record Failure(Kind kind, String reason) {

    enum Kind {
        TRANSIENT,
        SETUP,
        OUTCOME_UNKNOWN,
        UNEXPECTED
    }

    static Failure of(Throwable thrown) {
        return switch (thrown) {
            case TransientFailure f -> new Failure(Kind.TRANSIENT, String.valueOf(f.getMessage()));
            case SetupFailure f -> new Failure(Kind.SETUP, String.valueOf(f.getMessage()));
            case OutcomeUnknown f ->
                    new Failure(Kind.OUTCOME_UNKNOWN, String.valueOf(f.getMessage()));
            default ->
                    new Failure(
                            Kind.UNEXPECTED, thrown.getClass().getName() + " at " + origin(thrown));
        };
    }

    boolean isTransient() {
        return kind == Kind.TRANSIENT;
    }

    /// Type and message of the deepest cause. Only for exceptions of a service or of the library,
    /// whose messages hold no payload.
    static String rootCause(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getClass().getSimpleName() + ": " + root.getMessage();
    }

    private static String origin(Throwable thrown) {
        StackTraceElement[] frames = thrown.getStackTrace();
        return Arrays.stream(frames)
                .filter(frame -> frame.getClassName().startsWith("dev.sluice."))
                .findFirst()
                .or(() -> Arrays.stream(frames).findFirst())
                .map(StackTraceElement::toString)
                .orElse("an unknown place");
    }
}
