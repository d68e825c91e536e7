package dev.sluice.loader.archive;

import dev.sluice.runtime.stream.SequenceNumber;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;

/// The form of an archive object: frames one after another, byte for byte as they were on the
/// stream, then an index, then where the index is. All numbers are big-endian.
///
/// ``` frame …                         as received index: for each frame           offset i64,
/// length i32, arrived, milliseconds since 1970 i64, claimed events i32, sequence number: length u8
/// and decimal digits number of frames                i32 length of the index             i32
/// CRC-32C of all before it        i32 version                         u8, 2 magic "SLA"
/// 3 bytes
/// ```
///
/// In version 1 the checksum was of the index alone.
final class ArchiveObject {

    private static final int VERSION = 2;
    private static final int INDEX_CHECKED = 1;
    private static final byte[] MAGIC = "SLA".getBytes(StandardCharsets.US_ASCII);
    private static final int UNCHECKED_BYTES = 4 + 1 + 3;
    private static final int TAIL_BYTES = 4 + 4 + UNCHECKED_BYTES;

    private ArchiveObject() {}

    static byte[] write(List<ArchivedFrame> frames) {
        ByteArrayOutputStream object = new ByteArrayOutputStream();
        ByteArrayOutputStream index = new ByteArrayOutputStream();
        CheckedOutputStream checked = new CheckedOutputStream(object, new CRC32C());
        try (DataOutputStream entries = new DataOutputStream(index);
                DataOutputStream out = new DataOutputStream(checked)) {
            for (ArchivedFrame frame : frames) {
                entry(entries, out.size(), frame);
                out.write(frame.frame());
            }
            out.write(index.toByteArray());
            out.writeInt(frames.size());
            out.writeInt(index.size());
            out.writeInt((int) checked.getChecksum().getValue());
            out.writeByte(VERSION);
            out.write(MAGIC);
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return object.toByteArray();
    }

    /// The frames of an object.
    ///
    /// @throws IllegalArgumentException if the object is damaged; the message says how
    static List<ArchivedFrame> read(byte[] object) {
        try {
            return frames(object);
        } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("the index of the archive object is cut off", e);
        }
    }

    private static List<ArchivedFrame> frames(byte[] object) {
        if (object.length < TAIL_BYTES
                || !Arrays.equals(
                        MAGIC, Arrays.copyOfRange(object, object.length - 3, object.length))) {
            throw new IllegalArgumentException("no archive object: wrong magic number");
        }
        ByteBuffer tail = ByteBuffer.wrap(object, object.length - TAIL_BYTES, TAIL_BYTES);
        int count = tail.getInt();
        int indexBytes = tail.getInt();
        int checksum = tail.getInt();
        int version = tail.get();
        int indexEnd = object.length - TAIL_BYTES;
        int computed =
                switch (version) {
                    case VERSION -> checksum(object, 0, object.length - UNCHECKED_BYTES);
                    case INDEX_CHECKED -> checksum(object, indexEnd - indexBytes, indexBytes);
                    default ->
                            throw new IllegalArgumentException(
                                    "unknown version of archive object: " + version);
                };
        if (computed != checksum) {
            throw new IllegalArgumentException("the archive object is damaged: wrong checksum");
        }
        ByteBuffer entries = ByteBuffer.wrap(object, indexEnd - indexBytes, indexBytes);
        List<ArchivedFrame> frames = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            frames.add(frame(entries, object));
        }
        return frames;
    }

    private static void entry(DataOutputStream entries, long offset, ArchivedFrame frame)
            throws IOException {
        byte[] sequence = frame.sequence().toString().getBytes(StandardCharsets.US_ASCII);
        entries.writeLong(offset);
        entries.writeInt(frame.frame().length);
        entries.writeLong(frame.arrivedAt().toEpochMilli());
        entries.writeInt(frame.claimedEvents());
        entries.writeByte(sequence.length);
        entries.write(sequence);
    }

    private static ArchivedFrame frame(ByteBuffer entries, byte[] object) {
        int offset = Math.toIntExact(entries.getLong());
        int length = entries.getInt();
        Instant arrivedAt = Instant.ofEpochMilli(entries.getLong());
        int claimedEvents = entries.getInt();
        byte[] sequence = new byte[entries.get() & 0xFF];
        entries.get(sequence);
        return new ArchivedFrame(
                SequenceNumber.of(new String(sequence, StandardCharsets.US_ASCII)),
                arrivedAt,
                claimedEvents,
                Arrays.copyOfRange(object, offset, offset + length));
    }

    private static int checksum(byte[] bytes, int from, int length) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, from, length);
        return (int) checksum.getValue();
    }
}
