package dev.sluice.loader.archive;

import dev.sluice.contracts.subject.SubjectKey;
import dev.sluice.runtime.stream.HashRange;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.Set;

/// What a look into a frame found.
///
/// @param readable whether it found all there is
/// @param events how many there are of each kind
/// @param subjects whose they are
/// @param keys from the lowest to the highest hash key of those that could be told; null if there
///     are none
public record FrameContents(
        boolean readable,
        Map<EventKind, Integer> events,
        Set<SubjectKey> subjects,
        @Nullable HashRange keys) {

    static final FrameContents UNREADABLE = new FrameContents(false, Map.of(), Set.of(), null);

    /// How many could be told.
    public int eventCount() {
        return events.values().stream().mapToInt(Integer::intValue).sum();
    }
}
