package dev.sluice.crash;

import dev.sluice.contracts.event.Receipt;
import dev.sluice.contracts.frame.Frame;
import dev.sluice.contracts.frame.FrameDecoder;
import dev.sluice.contracts.frame.FrameLimits;
import dev.sluice.contracts.rejection.QuarantineFile;
import dev.sluice.contracts.rejection.QuarantineRecord;
import dev.sluice.loader.archive.ArchiveReader;
import dev.sluice.loader.archive.ArchivedFrame;
import dev.sluice.runtime.objects.ObjectStore;
import dev.sluice.runtime.objects.ObjectSummary;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// The ids of the events in the bucket: quarantine and raw archive. What was read once is not read
/// again.
final class Lake {

    private static final String ARCHIVE = "raw/";
    private static final String ARCHIVED_FRAMES = ".slc";

    private final ObjectStore objects;
    private final ArchiveReader archive;
    private final FrameDecoder frames = new FrameDecoder(FrameLimits.DEFAULT);
    private final Set<String> keysRead = new HashSet<>();
    private final Set<String> quarantined = new HashSet<>();
    private final Set<String> archived = new HashSet<>();
    private final Set<String> refusals = new HashSet<>();
    private final Map<String, Long> byMinute = new HashMap<>();

    Lake(ObjectStore objects) {
        this.objects = objects;
        this.archive = new ArchiveReader(objects);
    }

    /// Of events that have a record in the quarantine as of now.
    Set<String> quarantined() {
        keys(QuarantineFile.PREFIX).stream()
                .filter(keysRead::add)
                .forEach(key -> objects.read(key).ifPresent(this::readQuarantine));
        return quarantined;
    }

    /// Receipts with a record in the quarantine, by minute, as of the last look.
    Map<String, Long> quarantinedByMinute() {
        return Map.copyOf(byMinute);
    }

    /// Of events that the raw archive holds as of now.
    Set<String> archived() {
        keys(ARCHIVE).stream()
                .filter(key -> key.endsWith(ARCHIVED_FRAMES))
                .filter(keysRead::add)
                .forEach(key -> archive.read(key).forEach(this::readFrame));
        return archived;
    }

    private List<String> keys(String prefix) {
        try (Stream<ObjectSummary> listed = objects.list(prefix)) {
            return listed.map(ObjectSummary::key).toList();
        }
    }

    private void readQuarantine(byte[] content) {
        QuarantineFile.read(content).forEach(this::note);
    }

    /// Records of one receipt are one: a stage that began again has written it twice, or the door
    /// has put its frame twice, since the first answer was lost.
    private void note(QuarantineRecord refused) {
        quarantined.add(String.valueOf(refused.eventId()));
        String receipt =
                refused.eventId() == null
                        ? refused.quarantineId()
                        : refused.eventId() + " of " + refused.receivedTs();
        if (refusals.add(receipt)) {
            byMinute.merge(BooksAudit.minuteOf(refused.receivedTs()), 1L, Long::sum);
        }
    }

    private void readFrame(ArchivedFrame archivedFrame) {
        if (frames.decode(archivedFrame.frame()) instanceof Frame.Readable readable) {
            readable.events()
                    .forEach(e -> archived.add(Receipt.decode(e.receipt()).eventId().value()));
        }
    }
}
