package dev.sluice.replay;

/// How far the events of a replay go.
public enum Stage {
    /// Through the validator's steps: says what would be refused.
    VALIDATE,
    /// Through the enricher's too.
    ENRICH,
    /// Into files that are loaded.
    LOAD;

    boolean reaches(Stage other) {
        return compareTo(other) >= 0;
    }
}
