package dev.sluice.loader.warehouse;

/// Why a turn failed, in words that may be logged: the message of a failure of ours, which names
/// its object; of anything else only type and place, because its message may hold a payload.
public record LoopFailure(FailureKind kind, String why) {

    public static LoopFailure of(RuntimeException thrown) {
        FailureKind kind = FailureKind.of(thrown);
        String why =
                kind == FailureKind.UNEXPECTED
                        ? place(thrown)
                        : String.valueOf(thrown.getMessage());
        return new LoopFailure(kind, why);
    }

    private static String place(RuntimeException thrown) {
        StackTraceElement[] frames = thrown.getStackTrace();
        String where = frames.length == 0 ? "an unknown place" : frames[0].toString();
        return thrown.getClass().getName() + " at " + where;
    }
}
