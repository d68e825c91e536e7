package dev.sluice.loader.archive;

import dev.sluice.contracts.subject.SubjectKey;

import java.util.Map;
import java.util.Set;

/// What a look into a frame found.
///
/// @param readable whether it found all there is
/// @param events how many there are of each kind
/// @param subjects whose they are
public record FrameContents(
        boolean readable, Map<EventKind, Integer> events, Set<SubjectKey> subjects) {

    static final FrameContents UNREADABLE = new FrameContents(false, Map.of(), Set.of());

    /// How many could be told.
    public int eventCount() {
        return events.values().stream().mapToInt(Integer::intValue).sum();
    }
}
