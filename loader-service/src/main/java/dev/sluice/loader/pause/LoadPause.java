package dev.sluice.loader.pause;

import java.time.Instant;

/// Loads are paused until somebody resumes them.
///
/// @param by who asked for it
/// @param reason may be empty
public record LoadPause(String by, Instant since, String reason) {

    public LoadPause {
        if (by.isBlank()) {
            throw new IllegalArgumentException("a pause has somebody who asked for it");
        }
    }

    /// For a person.
    public String text() {
        return "loads are paused by %s since %s%s"
                .formatted(by, since, reason.isBlank() ? "" : ": " + reason);
    }
}
