package dev.sluice.contracts.subject;

import dev.sluice.contracts.json.JsonCursor;

import java.nio.charset.StandardCharsets;

/// What an id of a person says of it.
public enum SubjectKind {
    /// A signed-in user.
    USER_ID("user_id", "userId", 1),
    /// A device or browser.
    ANONYMOUS_ID("anonymous_id", "anonymousId", 2);

    private final String field;
    private final String foreignField;
    private final byte[] fieldBytes;
    private final byte[] foreignFieldBytes;
    private final byte code;

    SubjectKind(String field, String foreignField, int code) {
        this.field = field;
        this.foreignField = foreignField;
        fieldBytes = field.getBytes(StandardCharsets.US_ASCII);
        foreignFieldBytes = foreignField.getBytes(StandardCharsets.US_ASCII);
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

    /// The same of the name that was read last.
    boolean isNamed(JsonCursor cursor) {
        return cursor.isNamed(fieldBytes) || cursor.isNamed(foreignFieldBytes);
    }

    /// Stands for the kind in a [SubjectKey]; never reused.
    byte code() {
        return code;
    }
}
