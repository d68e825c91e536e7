package dev.sluice.loader.archive;

import dev.sluice.contracts.subject.SubjectKey;
import dev.sluice.runtime.stream.SequenceNumber;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/// The bytes of a sidecar. A number is unsigned LEB128 (DWARF 5, section 7.6), a text has its
/// length before it.
///
/// ```
/// magic "SLX", version 1
/// SHA-256 of the object      32 bytes
/// number of kinds            each: tenant text, event type text, minute
/// number of frames           each: sequence number text, 1 if readable else 0,
///                            number of kinds in it, of each: which, how many events
/// number of subjects         in the order of their keys, each: key 16 bytes,
///                            number of frames, the first, and from each to the next
/// CRC-32C of all before it   4 bytes, big-endian
/// ```
final class SidecarCodec {

    private static final byte[] MAGIC = {'S', 'L', 'X', 1};
    private static final int DIGEST_BYTES = 32;
    private static final int SUM_BYTES = 4;

    private static final Comparator<SubjectKey> BY_KEY =
            Comparator.comparing(SubjectKey::high, Long::compareUnsigned)
                    .thenComparing(SubjectKey::low, Long::compareUnsigned);

    private SidecarCodec() {}

    static byte[] write(ArchiveSidecar sidecar) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.write(MAGIC);
            out.write(HexFormat.of().parseHex(sidecar.sha256()));
            writeFrames(out, sidecar.frames());
            writeSubjects(out, sidecar.subjects());
            out.writeInt(sum(bytes.toByteArray(), bytes.size()));
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return bytes.toByteArray();
    }

    /// @throws IllegalArgumentException if the bytes are no sidecar, or a damaged one
    static ArchiveSidecar read(byte[] bytes) {
        int end = bytes.length - SUM_BYTES;
        if (end < MAGIC.length + DIGEST_BYTES
                || sum(bytes, end) != ByteBuffer.wrap(bytes).getInt(end)) {
            throw new IllegalArgumentException("the sidecar is damaged: wrong checksum");
        }
        ByteBuffer in = ByteBuffer.wrap(bytes, 0, end);
        byte[] magic = new byte[MAGIC.length];
        in.get(magic);
        if (!Arrays.equals(magic, MAGIC)) {
            throw new IllegalArgumentException("no sidecar that can be read: wrong magic number");
        }
        try {
            byte[] sha256 = new byte[DIGEST_BYTES];
            in.get(sha256);
            return new ArchiveSidecar(
                    HexFormat.of().formatHex(sha256), readFrames(in), readSubjects(in));
        } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("the sidecar is cut off", e);
        }
    }

    private static void writeFrames(DataOutputStream out, List<FrameNote> frames)
            throws IOException {
        Map<EventKind, Integer> kinds = new LinkedHashMap<>();
        for (FrameNote frame : frames) {
            frame.events().keySet().stream()
                    .sorted(
                            Comparator.comparing(EventKind::tenant)
                                    .thenComparing(EventKind::eventType)
                                    .thenComparing(EventKind::minute))
                    .forEach(kind -> kinds.putIfAbsent(kind, kinds.size()));
        }
        number(out, kinds.size());
        for (EventKind kind : kinds.keySet()) {
            text(out, kind.tenant());
            text(out, kind.eventType());
            out.writeLong(kind.minute());
        }
        number(out, frames.size());
        for (FrameNote frame : frames) {
            text(out, frame.sequence().toString());
            out.writeByte(frame.readable() ? 1 : 0);
            number(out, frame.events().size());
            Map<Integer, Integer> counts = new TreeMap<>();
            frame.events()
                    .forEach(
                            (kind, count) ->
                                    counts.put(Objects.requireNonNull(kinds.get(kind)), count));
            for (Map.Entry<Integer, Integer> count : counts.entrySet()) {
                number(out, count.getKey());
                number(out, count.getValue());
            }
        }
    }

    private static List<FrameNote> readFrames(ByteBuffer in) {
        List<EventKind> kinds = new ArrayList<>();
        for (int more = number(in); more > 0; more--) {
            kinds.add(new EventKind(text(in), text(in), in.getLong()));
        }
        List<FrameNote> frames = new ArrayList<>();
        for (int more = number(in); more > 0; more--) {
            SequenceNumber sequence = SequenceNumber.of(text(in));
            boolean readable = in.get() == 1;
            Map<EventKind, Integer> events = new HashMap<>();
            for (int moreKinds = number(in); moreKinds > 0; moreKinds--) {
                events.put(kinds.get(number(in)), number(in));
            }
            frames.add(new FrameNote(sequence, readable, events));
        }
        return frames;
    }

    private static void writeSubjects(DataOutputStream out, Map<SubjectKey, List<Integer>> subjects)
            throws IOException {
        number(out, subjects.size());
        for (SubjectKey key : subjects.keySet().stream().sorted(BY_KEY).toList()) {
            List<Integer> frames = subjects.getOrDefault(key, List.of());
            out.writeLong(key.high());
            out.writeLong(key.low());
            number(out, frames.size());
            int before = 0;
            for (int frame : frames) {
                number(out, frame - before);
                before = frame;
            }
        }
    }

    private static Map<SubjectKey, List<Integer>> readSubjects(ByteBuffer in) {
        int count = number(in);
        Map<SubjectKey, List<Integer>> subjects = new HashMap<>();
        for (int i = 0; i < count; i++) {
            SubjectKey key = new SubjectKey(in.getLong(), in.getLong());
            List<Integer> frames = new ArrayList<>();
            int frame = 0;
            for (int more = number(in); more > 0; more--) {
                frame += number(in);
                frames.add(frame);
            }
            subjects.put(key, frames);
        }
        return subjects;
    }

    private static void number(DataOutputStream out, int number) throws IOException {
        int rest = number;
        while (rest >= 0x80) {
            out.writeByte(rest | 0x80);
            rest >>>= 7;
        }
        out.writeByte(rest);
    }

    private static int number(ByteBuffer in) {
        int number = 0;
        for (int shift = 0; shift < Integer.SIZE; shift += 7) {
            byte next = in.get();
            number |= (next & 0x7f) << shift;
            if (next >= 0) {
                return number;
            }
        }
        throw new IllegalArgumentException("the sidecar has a number that is none");
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        number(out, bytes.length);
        out.write(bytes);
    }

    private static String text(ByteBuffer in) {
        byte[] bytes = new byte[number(in)];
        in.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static int sum(byte[] bytes, int length) {
        CRC32C sum = new CRC32C();
        sum.update(bytes, 0, length);
        return (int) sum.getValue();
    }
}
