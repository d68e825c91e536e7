package dev.sluice.loader.archive.verify;

import java.util.List;

/// What a verification found.
///
/// @param objects of the hours asked for
/// @param frames in them, each once an object
/// @param unreadable of those, that were so when they were received
/// @param events in the others
/// @param bytes of all frames
/// @param findings what is wrong; none if the archive is whole
/// @param notes what could not be looked at, or need not be right yet
public record VerifyReport(
        long objects,
        long frames,
        long unreadable,
        long events,
        long bytes,
        List<Finding> findings,
        List<String> notes) {

    public VerifyReport {
        findings = List.copyOf(findings);
        notes = List.copyOf(notes);
    }
}
