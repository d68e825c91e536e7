package dev.sluice.loader.warehouse;

import dev.sluice.runtime.failure.OutcomeUnknown;
import dev.sluice.runtime.failure.SetupFailure;
import dev.sluice.runtime.failure.TransientFailure;

/// Why a turn failed, in words that may be logged: the message of a failure of ours, which names
/// its object; of anything else only type and place, because its message may hold a payload.
///
/// @param kind for the meter
public record LoopFailure(String kind, String why) {

    public static LoopFailure of(RuntimeException thrown) {
        return switch (thrown) {
            case TransientFailure f -> new LoopFailure("transient", message(f));
            case SetupFailure f -> new LoopFailure("setup", message(f));
            case OutcomeUnknown f -> new LoopFailure("outcome_unknown", message(f));
            default -> new LoopFailure("unexpected", place(thrown));
        };
    }

    private static String message(RuntimeException thrown) {
        return String.valueOf(thrown.getMessage());
    }

    private static String place(RuntimeException thrown) {
        StackTraceElement[] frames = thrown.getStackTrace();
        String where = frames.length == 0 ? "an unknown place" : frames[0].toString();
        return thrown.getClass().getName() + " at " + where;
    }
}
