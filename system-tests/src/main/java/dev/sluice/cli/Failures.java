package dev.sluice.cli;

/// What a person is told when a command fails.
final class Failures {

    private Failures() {}

    /// The messages of a failure and of what caused it, outermost first, none of them twice.
    static String message(Throwable failure) {
        StringBuilder text = new StringBuilder();
        for (Throwable at = failure; at != null; at = at.getCause()) {
            String message = at.getMessage() == null ? at.toString() : at.getMessage();
            if (text.indexOf(message) < 0) {
                text.append(text.isEmpty() ? "" : ": ").append(message);
            }
        }
        return text.toString();
    }
}
