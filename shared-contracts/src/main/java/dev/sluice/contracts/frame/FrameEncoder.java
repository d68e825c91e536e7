package dev.sluice.contracts.frame;

import dev.sluice.contracts.event.SectionedEvent;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.zip.CRC32C;

/// Packs events, in order, into as few frames as the limits and the target size allow. Thread-safe.
public final class FrameEncoder {

    /// The level at which zstd beats every other codec on such events in both size and speed.
    private static final ZstdContexts ZSTD = new ZstdContexts(1);

    /// What is assumed of compression until a frame has been seen, on the careful side.
    private static final double INITIAL_RATIO = 3;

    private final FrameLimits limits;
    private final int targetBytes;
    private final UUID producerId;
    private final InstantSource clock;

    /// Raw bytes per stored byte, a moving average; only a guess for where to cut.
    private volatile double ratio = INITIAL_RATIO;

    /// @param targetBytes the compressed size at which a frame is closed; a Kinesis PUT unit is
    ///     25 KB
    /// @param producerId names this process in every frame
    public FrameEncoder(FrameLimits limits, int targetBytes, UUID producerId, InstantSource clock) {
        this.limits = limits;
        this.targetBytes = Math.min(targetBytes, limits.maxFrameBytes());
        this.producerId = producerId;
        this.clock = clock;
    }

    /// The frames that hold these events, in order.
    ///
    /// @throws IllegalArgumentException if one event alone exceeds the limits
    public List<byte[]> encode(List<SectionedEvent> events) {
        List<byte[]> frames = new ArrayList<>();
        int from = 0;
        while (from < events.size()) {
            int to = cut(events, from);
            add(events.subList(from, to), frames);
            from = to;
        }
        return frames;
    }

    private int cut(List<SectionedEvent> events, int from) {
        long wanted = Math.min((long) (targetBytes * ratio), limits.maxBlockBytes());
        long size = 0;
        int to = from;
        while (to < events.size() && to - from < limits.maxEvents()) {
            size += EventBlock.size(events.get(to));
            if (size > wanted && to > from) {
                break;
            }
            to++;
        }
        return to;
    }

    /// A frame of all of them, or two of half each while it comes out too large.
    private void add(List<SectionedEvent> events, List<byte[]> frames) {
        byte[] frame = frame(events);
        if (frame.length <= limits.maxFrameBytes()) {
            frames.add(frame);
            return;
        }
        if (events.size() == 1) {
            throw new IllegalArgumentException(
                    "one event makes a frame of "
                            + frame.length
                            + " bytes; the limit is "
                            + limits.maxFrameBytes());
        }
        int half = events.size() / 2;
        add(events.subList(0, half), frames);
        add(events.subList(half, events.size()), frames);
    }

    private byte[] frame(List<SectionedEvent> events) {
        byte[] block = block(events);
        byte[] stored = ZSTD.compress(block);
        ratio = (ratio + (double) block.length / stored.length) / 2;

        ByteBuffer frame =
                ByteBuffer.allocate(
                        FrameLayout.HEADER_BYTES + stored.length + FrameLayout.CHECKSUM_BYTES);
        frame.putInt(FrameLayout.MAGIC)
                .put((byte) FrameLayout.VERSION)
                .put((byte) FrameCodec.ZSTD.id())
                .putShort((short) 0)
                .putInt(0)
                .putInt(events.size())
                .putInt(block.length)
                .putLong(ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant()))
                .putLong(producerId.getMostSignificantBits())
                .putLong(producerId.getLeastSignificantBits());
        trace(frame, TraceContext.NONE);
        frame.putInt(FrameLayout.STORED_SIZE_AT, stored.length)
                .position(FrameLayout.HEADER_BYTES)
                .put(stored);
        CRC32C checksum = new CRC32C();
        checksum.update(frame.array(), 0, frame.position());
        frame.putInt((int) checksum.getValue());
        return frame.array();
    }

    private static void trace(ByteBuffer frame, TraceContext trace) {
        frame.putLong(trace.traceIdHigh())
                .putLong(trace.traceIdLow())
                .putLong(trace.spanId())
                .put(trace.flags());
    }

    private byte[] block(List<SectionedEvent> events) {
        long size = 0;
        for (SectionedEvent event : events) {
            size += EventBlock.size(event);
        }
        if (size > limits.maxBlockBytes()) {
            throw new IllegalArgumentException(
                    "one event of " + size + " bytes; the limit is " + limits.maxBlockBytes());
        }
        byte[] block = new byte[(int) size];
        int at = 0;
        for (SectionedEvent event : events) {
            at = EventBlock.write(event, block, at);
        }
        return block;
    }
}
