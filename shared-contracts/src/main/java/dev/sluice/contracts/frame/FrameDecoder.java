package dev.sluice.contracts.frame;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;

import dev.sluice.contracts.rejection.Rejection;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.UUID;
import java.util.zip.CRC32C;

/// Reads frames of every version there has ever been. Never allocates more than the limits, however
/// large a damaged or hostile frame claims to be. Thread-safe.
public final class FrameDecoder {

    private final FrameLimits limits;

    public FrameDecoder(FrameLimits limits) {
        this.limits = limits;
    }

    /// How many events the header claims; nothing is decompressed or checked. 0 when the bytes are
    /// too short for a frame.
    public static int claimedEvents(byte[] bytes) {
        return bytes.length < FrameLayout.HEADER_BYTES
                ? 0
                : ByteBuffer.wrap(bytes).getInt(FrameLayout.EVENT_COUNT_AT);
    }

    /// The frame in these bytes, or why there is none.
    public Frame decode(byte[] bytes) {
        try {
            ByteBuffer frame = checked(bytes);
            FrameHeader header = header(frame);
            byte[] block = block(header, bytes);
            return new Frame.Readable(header, EventBlock.read(block, header.eventCount()));
        } catch (IllegalArgumentException | ZstdException e) {
            return new Frame.Unreadable(
                    new Rejection.DecodeFailure(
                            "frame of " + bytes.length + " bytes: " + e.getMessage()));
        }
    }

    private ByteBuffer checked(byte[] bytes) {
        if (bytes.length > limits.maxFrameBytes()) {
            throw new IllegalArgumentException("larger than " + limits.maxFrameBytes() + " bytes");
        }
        if (bytes.length < FrameLayout.HEADER_BYTES + FrameLayout.CHECKSUM_BYTES) {
            throw new IllegalArgumentException("shorter than a header");
        }
        ByteBuffer frame = ByteBuffer.wrap(bytes);
        if (frame.getInt() != FrameLayout.MAGIC) {
            throw new IllegalArgumentException("no frame: wrong magic number");
        }
        int version = frame.get();
        if (version != FrameLayout.VERSION) {
            throw new IllegalArgumentException("unknown frame version " + version);
        }
        int body = bytes.length - FrameLayout.CHECKSUM_BYTES;
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, 0, body);
        if ((int) checksum.getValue() != frame.getInt(body)) {
            throw new IllegalArgumentException("checksum does not match");
        }
        return frame;
    }

    private FrameHeader header(ByteBuffer frame) {
        FrameCodec codec = codec(frame.get());
        frame.getShort();
        int dictionaryId = frame.getInt();
        int eventCount = bounded("event count", frame.getInt(), limits.maxEvents());
        int blockBytes = bounded("block size", frame.getInt(), limits.maxBlockBytes());
        Instant createdAt = Instant.EPOCH.plus(frame.getLong(), ChronoUnit.MICROS);
        UUID producerId = new UUID(frame.getLong(), frame.getLong());
        TraceContext trace =
                new TraceContext(frame.getLong(), frame.getLong(), frame.getLong(), frame.get());
        if (dictionaryId != 0) {
            throw new IllegalArgumentException("unknown dictionary " + dictionaryId);
        }
        return new FrameHeader(
                codec, dictionaryId, eventCount, blockBytes, createdAt, producerId, trace);
    }

    private byte[] block(FrameHeader header, byte[] bytes) {
        int from = FrameLayout.HEADER_BYTES;
        int stored = ByteBuffer.wrap(bytes).getInt(FrameLayout.STORED_SIZE_AT);
        if (stored != bytes.length - from - FrameLayout.CHECKSUM_BYTES) {
            throw new IllegalArgumentException("stored block size does not match");
        }
        byte[] block =
                switch (header.codec()) {
                    case NONE -> Arrays.copyOfRange(bytes, from, from + stored);
                    case ZSTD -> decompress(bytes, from, stored, header.blockBytes());
                };
        if (block.length != header.blockBytes()) {
            throw new IllegalArgumentException("block is not of the size the header says");
        }
        return block;
    }

    /// Into an array of the claimed size, which is bounded: zstd refuses to write past it.
    private static byte[] decompress(byte[] bytes, int from, int stored, int blockBytes) {
        byte[] block = new byte[blockBytes];
        long written = Zstd.decompressByteArray(block, 0, blockBytes, bytes, from, stored);
        if (written != blockBytes) {
            throw new IllegalArgumentException("block is not of the size the header says");
        }
        return block;
    }

    private static FrameCodec codec(int id) {
        for (FrameCodec codec : FrameCodec.values()) {
            if (codec.id() == id) {
                return codec;
            }
        }
        throw new IllegalArgumentException("unknown codec " + id);
    }

    private static int bounded(String name, int value, int max) {
        if (value < 1 || value > max) {
            throw new IllegalArgumentException(name + " " + value + " is outside 1 to " + max);
        }
        return value;
    }
}
