package dev.sluice.loader.archive;

import dev.sluice.contracts.frame.FrameDecoder;
import dev.sluice.loader.window.RecordWindow;
import dev.sluice.runtime.failure.TransientFailure;
import dev.sluice.runtime.objects.ObjectStore;
import dev.sluice.runtime.objects.PendingObject;
import dev.sluice.runtime.stream.RecordBatch;
import dev.sluice.runtime.stream.StreamRecord;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/// Raw frames of one shard in; archive objects out, each of one hour of arrival.
public final class ArchivePipeline implements RecordWindow {

    /// What every key starts with.
    public static final String PREFIX = ArchiveKey.PREFIX;

    private final ObjectStore objects;
    private final long maxBytes;

    private final List<ArchivedFrame> frames = new ArrayList<>();
    private long bytes;
    private String shard = "";

    /// @param maxBytes of frames in one object
    public ArchivePipeline(ObjectStore objects, long maxBytes) {
        this.objects = objects;
        this.maxBytes = maxBytes;
    }

    @Override
    public void add(RecordBatch batch, StreamRecord record) {
        shard = batch.shard().value();
        frames.add(
                new ArchivedFrame(
                        record.sequence(),
                        record.arrivedAt(),
                        FrameDecoder.claimedEvents(record.data()),
                        record.data()));
        bytes += record.data().length;
    }

    @Override
    public boolean hasRoomFor(StreamRecord next) {
        return bytes + next.data().length <= maxBytes
                && hour(frames.getFirst().arrivedAt()).equals(hour(next.arrivedAt()));
    }

    @Override
    public boolean isEmpty() {
        return frames.isEmpty();
    }

    @Override
    public void publish() {
        try (PendingObject object = objects.begin(key())) {
            object.content().write(ArchiveObject.write(frames));
            object.publish();
        } catch (IOException e) {
            throw new TransientFailure("cannot write " + objects.uri(key()), e);
        }
        discard();
    }

    @Override
    public void discard() {
        frames.clear();
        bytes = 0;
    }

    private String key() {
        ArchivedFrame first = frames.getFirst();
        ArchivedFrame last = frames.getLast();
        return new ArchiveKey(first.arrivedAt(), shard, first.sequence(), last.sequence())
                .toString();
    }

    private static Instant hour(Instant instant) {
        return instant.truncatedTo(ChronoUnit.HOURS);
    }
}
