package dev.sluice.day;

import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.contracts.frame.FrameEncoder;
import dev.sluice.contracts.frame.FrameLimits;
import dev.sluice.runtime.stream.AckToken;
import dev.sluice.runtime.stream.HashRange;
import dev.sluice.runtime.stream.RecordBatch;
import dev.sluice.runtime.stream.SequenceNumber;
import dev.sluice.runtime.stream.ShardHandler;
import dev.sluice.runtime.stream.ShardStart;
import dev.sluice.runtime.stream.StreamRecord;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// Events of one shard, in frames, in the archive.
final class DayShard {

    private static final int FRAME_BYTES = 25 << 10;
    private static final int FRAME_EVENTS = 150;

    private final ShardStart start;
    private final ShardHandler archive;
    private final List<SectionedEvent> events = new ArrayList<>();
    private long frames;

    DayShard(ShardStart start, ShardHandler archive) {
        this.start = start;
        this.archive = archive;
    }

    HashRange range() {
        return start.range();
    }

    void add(SectionedEvent event, Instant now) {
        events.add(event);
        if (events.size() >= FRAME_EVENTS) {
            frame(now);
        }
    }

    /// Archives what is left.
    void end(Instant now) {
        frame(now);
        var _ = archive.drain();
        archive.beforeShardEnd();
    }

    private void frame(Instant now) {
        if (events.isEmpty()) {
            return;
        }
        FrameEncoder encoder =
                new FrameEncoder(FrameLimits.DEFAULT, FRAME_BYTES, new UUID(0, 0), () -> now);
        List<StreamRecord> records = new ArrayList<>();
        for (byte[] frame : encoder.encode(events)) {
            records.add(new StreamRecord(SequenceNumber.of(Long.toString(++frames)), now, frame));
        }
        var _ =
                archive.handle(
                        new RecordBatch(
                                start.stream(),
                                start.shard(),
                                records,
                                Duration.ZERO,
                                AckToken.none()));
        events.clear();
    }
}
