package dev.sluice.loader.archive;

import dev.sluice.contracts.subject.SubjectKey;

import java.util.List;
import java.util.Map;

/// What stands beside an archive object: what is in each of its frames, and whose. It has no id of
/// a person, only keys that nobody can undo without the secret of subjects.
///
/// @param sha256 of the object it was written for, 64 hex digits
/// @param frames in the order of the object
/// @param subjects in which frames each of them occurs: indexes into the object, rising
public record ArchiveSidecar(
        String sha256, List<FrameNote> frames, Map<SubjectKey, List<Integer>> subjects) {

    public ArchiveSidecar {
        frames = List.copyOf(frames);
    }

    /// The frames that hold an event of a subject, as far as frames could be read.
    public List<Integer> framesOf(SubjectKey subject) {
        return subjects.getOrDefault(subject, List.of());
    }

    /// Whether there are frames of which nobody can tell whose they are.
    public boolean hasUnreadable() {
        return frames.stream().anyMatch(frame -> !frame.readable());
    }

    /// How many events could be told.
    public long events() {
        return frames.stream()
                .flatMap(frame -> frame.events().values().stream())
                .mapToLong(Integer::longValue)
                .sum();
    }
}
