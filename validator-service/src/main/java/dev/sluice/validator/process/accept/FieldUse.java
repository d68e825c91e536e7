package dev.sluice.validator.process.accept;

import java.util.Arrays;

/// Fields of the envelope that later steps need, by their place in the event.
enum FieldUse {
    /// Not needed.
    NONE(""),
    /// The rule for it is that of the event's own contract.
    PROPERTIES("/properties"),
    EVENT_TYPE("/event_type"),
    SCHEMA_VERSION("/schema_version"),
    EVENT_TS("/event_ts"),
    SENT_TS("/sent_ts"),
    ANONYMOUS_ID("/anonymous_id"),
    USER_ID("/user_id"),
    SESSION_ID("/session_id"),
    IP("/context/ip"),
    USER_AGENT("/context/user_agent");

    private final String pointer;

    FieldUse(String pointer) {
        this.pointer = pointer;
    }

    static FieldUse of(String pointer) {
        return Arrays.stream(values())
                .filter(use -> use.pointer.equals(pointer) && use != NONE)
                .findFirst()
                .orElse(NONE);
    }
}
