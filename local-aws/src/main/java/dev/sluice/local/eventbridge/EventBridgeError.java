package dev.sluice.local.eventbridge;

/// An error answer of the service to a whole call. Messages never quote an event.
final class EventBridgeError extends RuntimeException {

    static final String INTERNAL = "InternalFailure";
    static final String THROTTLED = "ThrottlingException";

    private static final long serialVersionUID = 1L;

    private final String type;
    private final int status;

    EventBridgeError(String type, int status, String message) {
        super(message, null, false, false);
        this.type = type;
        this.status = status;
    }

    static EventBridgeError invalid(String message) {
        return new EventBridgeError("ValidationException", 400, message);
    }

    String type() {
        return type;
    }

    int status() {
        return status;
    }

    String text() {
        return String.valueOf(getMessage());
    }
}
