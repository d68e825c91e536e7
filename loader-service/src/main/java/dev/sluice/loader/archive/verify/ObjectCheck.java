package dev.sluice.loader.archive.verify;

import dev.sluice.loader.archive.ArchiveKey;
import dev.sluice.loader.archive.ArchiveLink;
import dev.sluice.loader.archive.ArchiveObject;
import dev.sluice.loader.archive.ArchiveReader;
import dev.sluice.loader.archive.ArchiveSidecar;
import dev.sluice.loader.archive.ArchivedFrame;
import dev.sluice.loader.archive.FrameContents;
import dev.sluice.loader.archive.FrameNote;
import dev.sluice.loader.archive.FrameScan;
import dev.sluice.runtime.stream.SequenceNumber;

import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/// Reads an object whole and looks whether it is what its name and its sidecar say.
final class ObjectCheck {

    private final ArchiveReader archive;
    private final FrameScan scan = FrameScan.ofEvents();
    private final Consumer<Finding> findings;

    ObjectCheck(ArchiveReader archive, Consumer<Finding> findings) {
        this.archive = archive;
        this.findings = findings;
    }

    /// @return empty if it cannot be read
    Optional<CheckedObject> check(ArchiveKey key) {
        ArchiveObject object;
        try {
            object = archive.object(key.toString());
        } catch (IllegalArgumentException e) {
            report(Finding.Kind.DAMAGED, key, messageOf(e));
            return Optional.empty();
        }
        checkName(key, object);
        List<FrameContents> contents =
                object.frames().stream().map(frame -> scan.scan(frame.frame())).toList();
        checkKeys(key, contents);
        List<FrameNote> frames = notes(object.frames(), contents);
        if (object.link() != null) {
            checkSidecar(key, object, frames);
        }
        long bytes = object.frames().stream().mapToLong(frame -> frame.frame().length).sum();
        return Optional.of(new CheckedObject(key, object.link(), frames, bytes));
    }

    private void checkName(ArchiveKey key, ArchiveObject object) {
        List<SequenceNumber> sequences =
                object.frames().stream().map(ArchivedFrame::sequence).toList();
        if (sequences.isEmpty()
                || !sequences.getFirst().equals(key.first())
                || !sequences.getLast().equals(key.last())) {
            report(Finding.Kind.DAMAGED, key, "its frames do not begin or end as its name says");
        }
        for (int i = 1; i < sequences.size(); i++) {
            if (sequences.get(i - 1).compareTo(sequences.get(i)) >= 0) {
                report(Finding.Kind.DAMAGED, key, "its frames are out of order");
                break;
            }
        }
        ArchiveLink link = object.link();
        if (link != null && !link.shard().equals(key.shard())) {
            report(Finding.Kind.DAMAGED, key, "it is an object of " + link.shard());
        }
        if (object.frames().stream()
                .anyMatch(
                        frame ->
                                !frame.arrivedAt()
                                        .truncatedTo(ChronoUnit.HOURS)
                                        .equals(key.hour()))) {
            report(Finding.Kind.DAMAGED, key, "it has frames of another hour");
        }
    }

    private void checkSidecar(ArchiveKey key, ArchiveObject object, List<FrameNote> frames) {
        try {
            Optional<ArchiveSidecar> found = archive.sidecar(key);
            if (found.isEmpty()) {
                report(Finding.Kind.SIDECAR, key, "it has no sidecar");
                return;
            }
            ArchiveSidecar sidecar = found.get();
            if (!sidecar.sha256().equals(object.sha256())) {
                report(Finding.Kind.SIDECAR, key, "its sidecar has another SHA-256 for it");
            }
            if (!sequences(sidecar.frames()).equals(sequences(frames))) {
                report(
                        Finding.Kind.SIDECAR,
                        key,
                        "its %d frames are not the %d of its sidecar"
                                .formatted(frames.size(), sidecar.frames().size()));
            } else if (!byTenantAndMinute(sidecar.frames()).equals(byTenantAndMinute(frames))) {
                report(Finding.Kind.SIDECAR, key, "its sidecar counts other events");
            }
        } catch (IllegalArgumentException e) {
            report(Finding.Kind.SIDECAR, key, messageOf(e));
        }
    }

    private static List<SequenceNumber> sequences(List<FrameNote> frames) {
        return frames.stream().map(FrameNote::sequence).toList();
    }

    /// Without types: a sidecar may leave them out.
    private static List<Map<TenantMinute, Integer>> byTenantAndMinute(List<FrameNote> frames) {
        List<Map<TenantMinute, Integer>> counts = new ArrayList<>();
        for (FrameNote frame : frames) {
            Map<TenantMinute, Integer> events = new HashMap<>();
            frame.events()
                    .forEach(
                            (kind, count) ->
                                    events.merge(
                                            new TenantMinute(kind.tenant(), kind.minute()),
                                            count,
                                            Integer::sum));
            counts.add(events);
        }
        return counts;
    }

    /// Whoever looks for a key passes the object over by its name.
    private void checkKeys(ArchiveKey key, List<FrameContents> contents) {
        if (contents.stream()
                .map(FrameContents::keys)
                .filter(Objects::nonNull)
                .anyMatch(keys -> !key.mayHold(keys.first()) || !key.mayHold(keys.last()))) {
            report(Finding.Kind.DAMAGED, key, "it holds hash keys that its name does not have");
        }
    }

    private static List<FrameNote> notes(List<ArchivedFrame> frames, List<FrameContents> contents) {
        List<FrameNote> notes = new ArrayList<>();
        for (int i = 0; i < frames.size(); i++) {
            FrameContents found = contents.get(i);
            notes.add(new FrameNote(frames.get(i).sequence(), found.readable(), found.events()));
        }
        return notes;
    }

    private void report(Finding.Kind kind, ArchiveKey key, String message) {
        findings.accept(new Finding(kind, key.toString(), message));
    }

    private static String messageOf(IllegalArgumentException e) {
        return String.valueOf(e.getMessage());
    }
}
