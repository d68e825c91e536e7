package dev.sluice.loader.archive;

import dev.sluice.contracts.frame.FrameDecoder;
import dev.sluice.loader.window.RecordWindow;
import dev.sluice.runtime.objects.ObjectStore;
import dev.sluice.runtime.stream.RecordBatch;
import dev.sluice.runtime.stream.SequenceNumber;
import dev.sluice.runtime.stream.ShardStart;
import dev.sluice.runtime.stream.StreamRecord;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/// Raw frames of one shard in; archive objects out, each of one hour of arrival and with its
/// sidecar.
public final class ArchivePipeline implements RecordWindow {

    /// What every key starts with.
    public static final String PREFIX = ArchiveKey.PREFIX;

    private final ShardStart start;
    private final ObjectStore objects;
    private final FrameScan scan;
    private final ArchiveMetrics metrics;
    private final long maxBytes;

    private final ShardWindow window = new ShardWindow();

    /// The last frame that an object holds.
    private @Nullable SequenceNumber archived;

    /// @param start what is archived up to its checkpoint is in objects of the shard
    /// @param maxBytes of frames in one object
    ArchivePipeline(
            ShardStart start,
            ObjectStore objects,
            FrameScan scan,
            ArchiveMetrics metrics,
            long maxBytes) {
        this.start = start;
        this.objects = objects;
        this.scan = scan;
        this.metrics = metrics;
        this.maxBytes = maxBytes;
        this.archived = start.checkpoint();
    }

    @Override
    public void add(RecordBatch batch, StreamRecord record) {
        byte[] frame = record.data();
        window.add(
                new ArchivedFrame(
                        record.sequence(),
                        record.arrivedAt(),
                        FrameDecoder.claimedEvents(frame),
                        frame),
                scan.scan(frame));
    }

    @Override
    public boolean hasRoomFor(StreamRecord next) {
        return window.bytes() + next.data().length <= maxBytes
                && hour(window.frames().getFirst().arrivedAt()).equals(hour(next.arrivedAt()));
    }

    @Override
    public boolean isEmpty() {
        return window.frames().isEmpty();
    }

    /// The sidecar first: so there is none without it, and whoever looks for a person misses none.
    @Override
    public void publish() {
        List<ArchivedFrame> frames = window.frames();
        ArchivedFrame last = frames.getLast();
        ArchiveObject.Sealed object =
                ArchiveObject.write(
                        new ArchiveLink(start.shard(), start.range(), archived, start.parents()),
                        frames);
        ArchiveSidecar sidecar = window.sidecar(object.sha256());
        byte[] sidecarBytes = SidecarCodec.write(sidecar);
        ArchiveKey key =
                new ArchiveKey(
                        frames.getFirst().arrivedAt(),
                        start.range(),
                        start.shard(),
                        frames.getFirst().sequence(),
                        last.sequence(),
                        window.held());
        objects.write(key.sidecar(), sidecarBytes);
        objects.write(key.toString(), object.content());
        metrics.stored(sidecar, object.content().length, sidecarBytes.length);
        archived = last.sequence();
        discard();
    }

    @Override
    public void discard() {
        window.clear();
    }

    /// All of the shard is archived: notes its end, which tells a reader whether the last of it is
    /// there.
    ///
    /// @param now when it is noted
    void end(Instant now) {
        objects.write(
                new ShardEnd(start.shard(), archived).key(hour(now), start.range()), new byte[0]);
    }

    private static Instant hour(Instant instant) {
        return instant.truncatedTo(ChronoUnit.HOURS);
    }
}
