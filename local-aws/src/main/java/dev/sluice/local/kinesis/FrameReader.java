package dev.sluice.local.kinesis;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;

/// Walks the frames of one segment file in order, checking length, checksum and offset of each.
///
/// Reads in chunks; a record's data stays a slice of its chunk, so nothing is copied twice.
final class FrameReader {

    private final FileChannel channel;
    private final long base;
    private final long to;
    private final int chunk;
    private long position;
    private byte[] buffer = new byte[0];
    private ByteBuffer view = ByteBuffer.wrap(buffer);
    private long bufferStart;
    private int body;

    /// @param base logical offset of the file's first byte
    /// @param from logical offset of a frame's first byte
    /// @param to logical offset after the last byte that may be read
    FrameReader(FileChannel channel, long base, long from, long to, int chunk) {
        this.channel = channel;
        this.base = base;
        this.position = from;
        this.to = to;
        this.chunk = chunk;
        this.bufferStart = from;
    }

    /// Whether a whole, intact frame starts at [#position()]; false at the end and at damage alike.
    boolean hasFrame() throws IOException {
        if (!buffered(RecordFrame.PREFIX)) {
            return false;
        }
        int length = view.getInt(at(0));
        if (length < RecordFrame.FIXED_BODY
                || length > RecordFrame.MAX_BODY
                || !buffered(RecordFrame.PREFIX + length)) {
            return false;
        }
        int keyLength = view.getShort(at(RecordFrame.PREFIX + 16));
        if (RecordFrame.checksum(buffer, at(RecordFrame.PREFIX), length) != view.getInt(at(4))
                || view.getLong(at(RecordFrame.PREFIX)) != position
                || keyLength < 0
                || keyLength > length - RecordFrame.FIXED_BODY) {
            return false;
        }
        body = length;
        return true;
    }

    /// Logical offset of the next frame.
    long position() {
        return position;
    }

    /// Arrival of the frame that [#hasFrame()] found.
    long arrivalMillis() {
        return view.getLong(at(RecordFrame.PREFIX + 8));
    }

    /// Data and key bytes of the frame that [#hasFrame()] found.
    int payloadSize() {
        return body - RecordFrame.FIXED_BODY;
    }

    void skip() {
        position += RecordFrame.PREFIX + body;
    }

    /// The frame that [#hasFrame()] found; moves on to the next.
    StoredRecord take() {
        int keyAt = at(RecordFrame.PREFIX + RecordFrame.FIXED_BODY);
        int keyLength = view.getShort(at(RecordFrame.PREFIX + 16));
        StoredRecord record =
                new StoredRecord(
                        position,
                        arrivalMillis(),
                        new String(buffer, keyAt, keyLength, StandardCharsets.UTF_8),
                        buffer,
                        keyAt + keyLength,
                        payloadSize() - keyLength);
        skip();
        return record;
    }

    private int at(int offset) {
        return (int) (position - bufferStart) + offset;
    }

    private boolean buffered(int need) throws IOException {
        if (position + need <= bufferStart + buffer.length) {
            return true;
        }
        if (position + need > to) {
            return false;
        }
        byte[] fresh = new byte[(int) Math.min(to - position, Math.max(chunk, need))];
        ByteBuffer target = ByteBuffer.wrap(fresh);
        while (target.hasRemaining()) {
            if (channel.read(target, position - base + target.position()) < 0) {
                return false;
            }
        }
        buffer = fresh;
        view = target;
        bufferStart = position;
        return true;
    }
}
