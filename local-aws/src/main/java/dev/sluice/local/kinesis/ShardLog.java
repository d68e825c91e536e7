package dev.sluice.local.kinesis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/// The records of one shard in append-only segment files, addressed by logical byte offset over all
/// segments.
///
/// Writers take the log's lock; a write is in the operating system's hands (write(2)) before its
/// offset becomes visible, so it survives a kill of the process, though not of the machine. Readers
/// take no lock: they see the published end and an immutable list of segments, and open a file only
/// for as long as they read it.
final class ShardLog implements AutoCloseable {

    private static final int READ_CHUNK = 1 << 20;
    private static final int SEEK_CHUNK = 64 << 10;

    private final Path directory;
    private final long segmentBytes;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile List<Segment> segments;
    private volatile long end;
    /// By the clock as it is, without a skew.
    private long lastTime = Long.MIN_VALUE;
    private FileChannel writer;
    private boolean closed;

    private ShardLog(Path directory, long segmentBytes, List<Segment> segments) throws IOException {
        this.directory = directory;
        this.segmentBytes = segmentBytes;
        this.segments = List.copyOf(segments);
        this.end = segments.getLast().end();
        this.writer = segments.getLast().openForWriting();
    }

    /// Opens the log of a directory, made if missing; cuts what a crash left half-written.
    static ShardLog open(Path directory, long segmentBytes) {
        try {
            Files.createDirectories(directory);
            List<Path> files;
            try (Stream<Path> all = Files.list(directory)) {
                files = all.filter(f -> f.toString().endsWith(Segment.LOG)).sorted().toList();
            }
            List<Segment> segments = new ArrayList<>();
            for (int i = 0; i < files.size(); i++) {
                boolean last = i == files.size() - 1;
                Path file = files.get(i);
                segments.add(last ? Segment.openActive(file) : Segment.openSealed(file));
                if (i > 0 && segments.get(i - 1).end() != segments.get(i).base()) {
                    throw new IOException("records are missing before " + file);
                }
            }
            if (segments.isEmpty()) {
                segments.add(Segment.create(directory, 0));
            }
            return new ShardLog(directory, segmentBytes, segments);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot open the shard log " + directory, e);
        }
    }

    /// Appends all records with one write; gives their offsets in order. Nothing is visible when it
    /// throws.
    ///
    /// @param nowMillis arrival time; a clock that goes back does not bring the log's times back,
    ///     only a skew on request does
    long[] append(List<PendingRecord> records, long nowMillis, WriteFaults faults) {
        lock.lock();
        try {
            if (closed) {
                throw new IOException("closed");
            }
            if (end - segments.getLast().base() >= segmentBytes) {
                roll();
            }
            long time = Math.max(nowMillis, lastTime);
            long[] offsets = write(records, time + faults.skewMillis(), faults.diskFull());
            lastTime = time;
            return offsets;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot append to the shard log " + directory, e);
        } finally {
            lock.unlock();
        }
    }

    private long[] write(List<PendingRecord> records, long arrival, boolean diskFull)
            throws IOException {
        Segment active = segments.getLast();
        int size = records.stream().mapToInt(RecordFrame::sizeOf).sum();
        ByteBuffer frames = ByteBuffer.allocate(size);
        long[] offsets = new long[records.size()];
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = end + frames.position();
            RecordFrame.encode(records.get(i), offsets[i], arrival, frames);
        }
        frames.flip();
        long from = end;
        long at = from - active.base();
        try {
            if (diskFull) {
                writer.write(frames.slice(0, size / 2), at);
                throw new IOException("No space left on device");
            }
            while (frames.hasRemaining()) {
                writer.write(frames, at + frames.position());
            }
        } catch (IOException e) {
            writer.truncate(at);
            throw e;
        }
        active.publish(from + size, arrival, offsets);
        end = from + size;
        return offsets;
    }

    private void roll() throws IOException {
        segments.getLast().seal();
        Segment fresh = Segment.create(directory, end);
        FileChannel next = fresh.openForWriting();
        writer.close();
        writer = next;
        List<Segment> all = new ArrayList<>(segments);
        all.add(fresh);
        segments = List.copyOf(all);
    }

    /// Reads whole records from `from`, or from the oldest kept one when that is later.
    ///
    /// @param maxBytes data and key bytes; one record is given even when it alone is larger
    LogSlice read(long from, int maxRecords, long maxBytes) {
        long until = end;
        List<StoredRecord> records = new ArrayList<>();
        long bytes = 0;
        long position = Math.max(from, start());
        while (position < until && records.size() < maxRecords) {
            Segment segment = segmentAt(position);
            position = Math.max(position, segment.base());
            long stop = Math.min(until, segment.end());
            try (FileChannel channel = segment.openForReading()) {
                FrameReader frames =
                        new FrameReader(channel, segment.base(), position, stop, READ_CHUNK);
                while (records.size() < maxRecords && frames.position() < stop) {
                    requireFrame(frames, segment);
                    if (bytes + frames.payloadSize() > maxBytes && !records.isEmpty()) {
                        return new LogSlice(records, frames.position(), bytes);
                    }
                    bytes += frames.payloadSize();
                    records.add(frames.take());
                }
                position = frames.position();
            } catch (NoSuchFileException e) {
                if (start() <= position) {
                    throw new UncheckedIOException("the shard log is gone: " + directory, e);
                }
                position = start(); // retention was faster
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + segment.file(), e);
            }
        }
        return new LogSlice(records, position, bytes);
    }

    /// Whether a record starts at the offset. Offsets below [#start()] are gone, so the answer for
    /// them is no.
    boolean holdsRecordAt(long offset) {
        if (offset < start() || offset >= end) {
            return false;
        }
        Segment segment = segmentAt(offset);
        if (offset < segment.base()) {
            return false;
        }
        try (FileChannel channel = segment.openForReading()) {
            return new FrameReader(channel, segment.base(), offset, segment.end(), SEEK_CHUNK)
                    .hasFrame();
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + segment.file(), e);
        }
    }

    /// Offset of the first record that arrived at `millis` or later, or the end.
    long seek(long millis) {
        long until = end;
        for (Segment segment : segments) {
            if (!segment.isEmpty() && segment.lastArrival() >= millis) {
                return seekIn(segment, millis, Math.min(until, segment.end()));
            }
        }
        return until;
    }

    private static long seekIn(Segment segment, long millis, long stop) {
        long floor = segment.index().floor(millis, segment.base());
        try (FileChannel channel = segment.openForReading()) {
            FrameReader frames = new FrameReader(channel, segment.base(), floor, stop, SEEK_CHUNK);
            while (frames.position() < stop) {
                requireFrame(frames, segment);
                if (frames.arrivalMillis() >= millis) {
                    break;
                }
                frames.skip();
            }
            return frames.position();
        } catch (NoSuchFileException e) {
            return segment.end();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + segment.file(), e);
        }
    }

    private static void requireFrame(FrameReader frames, Segment segment) throws IOException {
        if (!frames.hasFrame()) {
            throw new IOException("damaged at offset " + frames.position() + ": " + segment.file());
        }
    }

    /// Whether everything at `offset` and after it arrived at `millis` or later, told from the
    /// index alone; a false answer may be wrong, a true one is not.
    boolean surelyAfter(long offset, long millis) {
        if (offset >= end) {
            return true;
        }
        TimeIndex index = segmentAt(offset).index();
        return !index.isEmpty() && index.firstArrival() >= millis;
    }

    /// Deletes the segments in which every record arrived before `millis`; an active one is rolled
    /// first.
    void expire(long millis) {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            Segment active = segments.getLast();
            if (!active.isEmpty() && active.lastArrival() < millis) {
                roll();
            }
            List<Segment> all = segments;
            int kept = 0;
            while (kept < all.size() - 1 && all.get(kept).lastArrival() < millis) {
                kept++;
            }
            segments = List.copyOf(all.subList(kept, all.size()));
            all.subList(0, kept).forEach(Segment::delete);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot trim the shard log " + directory, e);
        } finally {
            lock.unlock();
        }
    }

    /// Offset of the oldest kept record.
    long start() {
        return segments.getFirst().base();
    }

    /// Offset after the newest record.
    long end() {
        return end;
    }

    private Segment segmentAt(long offset) {
        List<Segment> all = segments;
        int low = 0;
        int high = all.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (all.get(middle).base() <= offset) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return all.get(low);
    }

    /// Hands everything to the disk and stops writing; reading stays possible. Idempotent.
    @Override
    public void close() {
        lock.lock();
        try {
            if (!closed) {
                closed = true;
                writer.force(false);
                writer.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close the shard log " + directory, e);
        } finally {
            lock.unlock();
        }
    }
}
