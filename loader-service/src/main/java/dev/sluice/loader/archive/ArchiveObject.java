package dev.sluice.loader.archive;

import dev.sluice.runtime.stream.HashKey;
import dev.sluice.runtime.stream.HashRange;
import dev.sluice.runtime.stream.SequenceNumber;
import dev.sluice.runtime.stream.ShardId;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;

/// An archive object: frames one after another, byte for byte as they were on the stream, then an
/// index, then where the index is. All numbers are big-endian.
///
/// ```
/// frame …                    as received
/// index: what it follows     shard text, range 2 × 16 bytes, frame before text, empty if none,
///                            number of parents u8, each text
///        number of frames    i32
///        for each frame      offset i64, length i32, arrived, milliseconds since 1970, i64,
///                            claimed events i32, sequence number text
/// length of the index        i32
/// SHA-256 of all before it   32 bytes
/// version                    u8, 3
/// magic                      "SLA"
/// ```
///
/// A text has its length before it, u8. Versions 1 and 2 do not say what they follow; the
/// number of frames stands before the length of the index there, and in place of the SHA-256 a
/// CRC-32C: in 2 of all before it, in 1 of the index alone.
///
/// @param link null in objects of the first two versions
/// @param sha256 of all of it before its digest, 64 hex digits; null in the first two versions
public record ArchiveObject(
        @Nullable ArchiveLink link, List<ArchivedFrame> frames, @Nullable String sha256) {

    private static final int VERSION = 3;
    private static final int ALL_SUMMED = 2;
    private static final int INDEX_SUMMED = 1;
    private static final byte[] MAGIC = "SLA".getBytes(StandardCharsets.US_ASCII);
    private static final int MARK_BYTES = 1 + 3;
    private static final int DIGEST_BYTES = 32;
    private static final int TAIL_BYTES = 4 + DIGEST_BYTES + MARK_BYTES;
    private static final int OLD_TAIL_BYTES = 4 + 4 + 4 + MARK_BYTES;

    public ArchiveObject {
        frames = List.copyOf(frames);
    }

    /// An object as it is to be stored.
    ///
    /// @param sha256 of all of it before its digest
    record Sealed(byte[] content, String sha256) {}

    static Sealed write(ArchiveLink link, List<ArchivedFrame> frames) {
        ByteArrayOutputStream object = new ByteArrayOutputStream();
        MessageDigest digest = newDigest();
        byte[] sum;
        try (DataOutputStream out = new DataOutputStream(new DigestOutputStream(object, digest))) {
            byte[] index = index(link, frames);
            for (ArchivedFrame frame : frames) {
                out.write(frame.frame());
            }
            out.write(index);
            out.writeInt(index.length);
            sum = digest.digest();
            object.write(sum);
            object.write(VERSION);
            object.write(MAGIC);
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return new Sealed(object.toByteArray(), HexFormat.of().formatHex(sum));
    }

    /// @throws IllegalArgumentException if the object is damaged; the message says how
    static ArchiveObject read(byte[] object) {
        try {
            return read(object, version(object));
        } catch (BufferUnderflowException
                | IndexOutOfBoundsException
                | NegativeArraySizeException e) {
            throw new IllegalArgumentException("the index of the archive object is cut off", e);
        }
    }

    private static int version(byte[] object) {
        int mark = object.length - MARK_BYTES;
        if (mark < 0
                || !Arrays.equals(MAGIC, Arrays.copyOfRange(object, mark + 1, object.length))) {
            throw new IllegalArgumentException("no archive object: wrong magic number");
        }
        return object[mark];
    }

    private static ArchiveObject read(byte[] object, int version) {
        return switch (version) {
            case VERSION -> readSealed(object);
            case ALL_SUMMED, INDEX_SUMMED -> readOld(object, version);
            default ->
                    throw new IllegalArgumentException(
                            "unknown version of archive object: " + version);
        };
    }

    private static ArchiveObject readSealed(byte[] object) {
        int end = object.length - TAIL_BYTES;
        int digestAt = end + Integer.BYTES;
        MessageDigest digest = newDigest();
        digest.update(object, 0, digestAt);
        byte[] sum = Arrays.copyOfRange(object, digestAt, digestAt + DIGEST_BYTES);
        if (!Arrays.equals(digest.digest(), sum)) {
            throw new IllegalArgumentException("the archive object is damaged: wrong SHA-256");
        }
        int indexBytes = ByteBuffer.wrap(object).getInt(end);
        ByteBuffer index = ByteBuffer.wrap(object, end - indexBytes, indexBytes);
        ArchiveLink link = link(index);
        return new ArchiveObject(
                link, frames(index, index.getInt(), object), HexFormat.of().formatHex(sum));
    }

    private static ArchiveObject readOld(byte[] object, int version) {
        int end = object.length - OLD_TAIL_BYTES;
        ByteBuffer tail = ByteBuffer.wrap(object, end, OLD_TAIL_BYTES);
        int count = tail.getInt();
        int indexBytes = tail.getInt();
        CRC32C sum = new CRC32C();
        int from = version == INDEX_SUMMED ? end - indexBytes : 0;
        int to = version == INDEX_SUMMED ? end : end + 2 * Integer.BYTES;
        sum.update(object, from, to - from);
        if ((int) sum.getValue() != tail.getInt()) {
            throw new IllegalArgumentException("the archive object is damaged: wrong checksum");
        }
        ByteBuffer index = ByteBuffer.wrap(object, end - indexBytes, indexBytes);
        return new ArchiveObject(null, frames(index, count, object), null);
    }

    private static byte[] index(ArchiveLink link, List<ArchivedFrame> frames) throws IOException {
        ByteArrayOutputStream index = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(index);
        text(out, link.shard().value());
        for (HashKey end : List.of(link.range().first(), link.range().last())) {
            out.writeLong(end.high());
            out.writeLong(end.low());
        }
        SequenceNumber after = link.after();
        text(out, after == null ? "" : after.toString());
        out.writeByte(link.parents().size());
        for (ShardId parent : link.parents()) {
            text(out, parent.value());
        }
        out.writeInt(frames.size());
        long offset = 0;
        for (ArchivedFrame frame : frames) {
            out.writeLong(offset);
            out.writeInt(frame.frame().length);
            out.writeLong(frame.arrivedAt().toEpochMilli());
            out.writeInt(frame.claimedEvents());
            text(out, frame.sequence().toString());
            offset += frame.frame().length;
        }
        return index.toByteArray();
    }

    private static ArchiveLink link(ByteBuffer index) {
        ShardId shard = new ShardId(text(index));
        HashKey first = new HashKey(index.getLong(), index.getLong());
        HashKey last = new HashKey(index.getLong(), index.getLong());
        String after = text(index);
        List<ShardId> parents = new ArrayList<>();
        for (int more = index.get(); more > 0; more--) {
            parents.add(new ShardId(text(index)));
        }
        return new ArchiveLink(
                shard,
                new HashRange(first, last),
                after.isEmpty() ? null : SequenceNumber.of(after),
                parents);
    }

    private static List<ArchivedFrame> frames(ByteBuffer index, int count, byte[] object) {
        List<ArchivedFrame> frames = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int offset = Math.toIntExact(index.getLong());
            int length = index.getInt();
            Instant arrivedAt = Instant.ofEpochMilli(index.getLong());
            int claimedEvents = index.getInt();
            frames.add(
                    new ArchivedFrame(
                            SequenceNumber.of(text(index)),
                            arrivedAt,
                            claimedEvents,
                            Arrays.copyOfRange(object, offset, offset + length)));
        }
        return frames;
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeByte(bytes.length);
        out.write(bytes);
    }

    private static String text(ByteBuffer index) {
        byte[] bytes = new byte[index.get() & 0xFF];
        index.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
