package dev.sluice.contracts.subject;

/// What an id of a person says of it.
public enum SubjectKind {
    /// A signed-in user.
    USER_ID("user_id", "userId", 1),
    /// A device or browser.
    ANONYMOUS_ID("anonymous_id", "anonymousId", 2);

    private final String field;
    private final String foreignField;
    private final byte code;

    SubjectKind(String field, String foreignField, int code) {
        this.field = field;
        this.foreignField = foreignField;
        this.code = (byte) code;
    }

    /// The name of the field in an event.
    public String field() {
        return field;
    }

    /// Whether a field of an event has such an id; other vendors' SDKs write `userId`.
    boolean isNamed(String name) {
        return field.equals(name) || foreignField.equals(name);
    }

    /// Stands for the kind in a [SubjectKey]; never reused.
    byte code() {
        return code;
    }
}
