package dev.sluice.loader.archive;

import dev.sluice.contracts.subject.SubjectKey;
import dev.sluice.runtime.stream.HashRange;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The frames of one object to be, and what its sidecar will say of them.
final class ShardWindow {

    /// Kinds of one object; events of further ones have no type, so that a sender who makes
    /// up types makes no sidecar large.
    private static final int MOST_KINDS = 1_000;

    private final List<ArchivedFrame> frames = new ArrayList<>();
    private final List<FrameNote> notes = new ArrayList<>();
    private final Map<SubjectKey, List<Integer>> subjects = new HashMap<>();
    private final Set<EventKind> kinds = new HashSet<>();
    private long bytes;
    private @Nullable HashRange keys;
    private boolean readable = true;

    void add(ArchivedFrame frame, FrameContents contents) {
        for (SubjectKey subject : contents.subjects()) {
            subjects.computeIfAbsent(subject, _ -> new ArrayList<>(1)).add(frames.size());
        }
        Map<EventKind, Integer> events = new HashMap<>();
        contents.events()
                .forEach((kind, count) -> events.merge(bounded(kind), count, Integer::sum));
        frames.add(frame);
        notes.add(new FrameNote(frame.sequence(), contents.readable(), events));
        bytes += frame.frame().length;
        readable &= contents.readable();
        HashRange held = contents.keys();
        if (held != null) {
            keys = held.last().within(held.first().within(keys));
        }
    }

    List<ArchivedFrame> frames() {
        return frames;
    }

    long bytes() {
        return bytes;
    }

    /// From the lowest to the highest hash key of an event; null if nobody can tell.
    @Nullable HashRange held() {
        return readable ? keys : null;
    }

    ArchiveSidecar sidecar(String sha256) {
        return new ArchiveSidecar(sha256, notes, Map.copyOf(subjects));
    }

    void clear() {
        frames.clear();
        notes.clear();
        subjects.clear();
        kinds.clear();
        bytes = 0;
        keys = null;
        readable = true;
    }

    private EventKind bounded(EventKind kind) {
        if (kinds.contains(kind) || kinds.size() < MOST_KINDS) {
            kinds.add(kind);
            return kind;
        }
        return new EventKind(kind.tenant(), "", kind.minute());
    }
}
