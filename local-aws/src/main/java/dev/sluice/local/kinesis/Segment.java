package dev.sluice.local.kinesis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/// One append-only file of a shard's log, named after the logical offset of its first byte, with
/// its index beside it.
final class Segment {

    static final String LOG = ".log";
    static final String INDEX = ".idx";

    private static final int SCAN_CHUNK = 1 << 20;

    private final Path file;
    private final long base;
    private final TimeIndex index;
    private volatile long end;
    private volatile long lastArrival;

    private Segment(Path file, long base, long end, TimeIndex index, long lastArrival) {
        this.file = file;
        this.base = base;
        this.end = end;
        this.index = index;
        this.lastArrival = lastArrival;
    }

    static Segment create(Path directory, long base) throws IOException {
        Path file = directory.resolve(String.format(Locale.ROOT, "%020d%s", base, LOG));
        Files.createFile(file);
        return new Segment(file, base, base, new TimeIndex(), Long.MIN_VALUE);
    }

    /// Opens a segment that is complete; its index file is used when it fits, else the file is
    /// scanned.
    static Segment openSealed(Path file) throws IOException {
        long base = baseOf(file);
        long end = base + Files.size(file);
        Path indexFile = indexOf(file);
        if (Files.exists(indexFile)) {
            ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(indexFile));
            // last arrival, end, then the entries
            if (bytes.remaining() >= 32 && bytes.remaining() % 16 == 0 && bytes.getLong(8) == end) {
                long[] entries = new long[bytes.remaining() / 8 - 2];
                bytes.position(16);
                bytes.asLongBuffer().get(entries);
                return new Segment(file, base, end, new TimeIndex(entries), bytes.getLong(0));
            }
        }
        Segment scanned = scan(file);
        if (scanned.end != end) {
            throw new IOException("damaged at offset " + scanned.end + ": " + file);
        }
        return scanned;
    }

    /// Opens the segment that was being written; what follows the last intact frame was never
    /// acknowledged and is cut.
    static Segment openActive(Path file) throws IOException {
        Segment segment = scan(file);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(segment.end - segment.base);
        }
        return segment;
    }

    private static Segment scan(Path file) throws IOException {
        long base = baseOf(file);
        TimeIndex index = new TimeIndex();
        long last = Long.MIN_VALUE;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            FrameReader frames =
                    new FrameReader(channel, base, base, base + channel.size(), SCAN_CHUNK);
            while (frames.hasFrame()) {
                last = Math.max(last, frames.arrivalMillis());
                index.note(last, frames.position());
                frames.skip();
            }
            return new Segment(file, base, frames.position(), index, last);
        }
    }

    static long baseOf(Path file) {
        String name = file.getFileName().toString();
        return Long.parseLong(name, 0, name.length() - LOG.length(), 10);
    }

    private static Path indexOf(Path file) {
        String name = file.getFileName().toString();
        return file.resolveSibling(name.substring(0, name.length() - LOG.length()) + INDEX);
    }

    FileChannel openForWriting() throws IOException {
        return FileChannel.open(file, StandardOpenOption.WRITE);
    }

    FileChannel openForReading() throws IOException {
        return FileChannel.open(file, StandardOpenOption.READ);
    }

    /// Makes the bytes up to `newEnd`, already in the file, visible to readers.
    ///
    /// @param offsets where records start in them
    void publish(long newEnd, long arrivalMillis, long[] offsets) {
        lastArrival = Math.max(lastArrival, arrivalMillis);
        for (long offset : offsets) {
            index.note(lastArrival, offset);
        }
        end = newEnd;
    }

    /// Writes the index beside the file: from now on the segment does not change.
    void seal() throws IOException {
        long[] entries = index.toArray();
        ByteBuffer bytes = ByteBuffer.allocate(16 + entries.length * 8);
        bytes.putLong(lastArrival).putLong(end);
        bytes.asLongBuffer().put(entries);
        Path target = indexOf(file);
        Path fresh = target.resolveSibling(target.getFileName() + ".new");
        Files.write(fresh, bytes.array());
        Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
    }

    void delete() {
        try {
            Files.deleteIfExists(indexOf(file));
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + file, e);
        }
    }

    Path file() {
        return file;
    }

    long base() {
        return base;
    }

    long end() {
        return end;
    }

    boolean isEmpty() {
        return end == base;
    }

    TimeIndex index() {
        return index;
    }

    /// The latest arrival of its records, which under a clock that goes back need not be the last
    /// one's, or [Long#MIN_VALUE] without one.
    long lastArrival() {
        return lastArrival;
    }
}
