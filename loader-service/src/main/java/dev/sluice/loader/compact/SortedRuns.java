package dev.sluice.loader.compact;

import dev.sluice.loader.parquet.PackedRow;

import org.jspecify.annotations.Nullable;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;

/// Sorts more rows than fit into memory: runs of them on disk, then a merge of all runs.
final class SortedRuns implements AutoCloseable {

    /// Of a packed row in memory, besides its bytes.
    private static final int OVERHEAD = 64;

    private static final int BUFFER_BYTES = 1 << 16;

    private final Path folder;
    private final long memory;
    private final List<Path> runs = new ArrayList<>();
    private final List<Run> open = new ArrayList<>();
    private final List<PackedRow> rows = new ArrayList<>();
    private long bytes;

    /// @param memory of a run, in bytes
    SortedRuns(Path folder, long memory) {
        this.folder = folder;
        this.memory = memory;
    }

    void add(PackedRow row) throws IOException {
        rows.add(row);
        bytes += row.bytes().length + OVERHEAD;
        if (bytes >= memory) {
            spill();
        }
    }

    /// Takes sorted rows.
    interface Target {

        void take(PackedRow row) throws IOException;
    }

    /// Gives all rows, sorted. Called once, after the last row was added.
    void drain(Target target) throws IOException {
        rows.sort(Comparator.naturalOrder());
        PriorityQueue<Run> heads = new PriorityQueue<>();
        open.add(new InMemory(rows.iterator()));
        for (Path run : runs) {
            open.add(new OnDisk(run));
        }
        for (Run run : open) {
            if (run.next()) {
                heads.add(run);
            }
        }
        while (!heads.isEmpty()) {
            Run least = heads.remove();
            target.take(least.row());
            if (least.next()) {
                heads.add(least);
            }
        }
    }

    private void spill() throws IOException {
        rows.sort(Comparator.naturalOrder());
        Path run = Files.createTempFile(folder, "run", "");
        runs.add(run);
        try (DataOutputStream out =
                new DataOutputStream(
                        new BufferedOutputStream(Files.newOutputStream(run), BUFFER_BYTES))) {
            for (PackedRow row : rows) {
                out.writeInt(row.bytes().length);
                out.writeInt(row.keyLength());
                out.write(row.bytes());
            }
            out.writeInt(-1);
        }
        rows.clear();
        bytes = 0;
    }

    @Override
    public void close() throws IOException {
        for (Run run : open) {
            run.close();
        }
        for (Path run : runs) {
            Files.deleteIfExists(run);
        }
    }

    private abstract static sealed class Run implements Comparable<Run> {

        private @Nullable PackedRow row;

        /// The next row; null after the last.
        abstract @Nullable PackedRow read() throws IOException;

        void close() throws IOException {}

        final boolean next() throws IOException {
            row = read();
            return row != null;
        }

        final PackedRow row() {
            return Objects.requireNonNull(row);
        }

        @Override
        public final int compareTo(Run other) {
            return row().compareTo(other.row());
        }
    }

    private static final class InMemory extends Run {

        private final Iterator<PackedRow> rows;

        InMemory(Iterator<PackedRow> rows) {
            this.rows = rows;
        }

        @Override
        @Nullable PackedRow read() {
            return rows.hasNext() ? rows.next() : null;
        }
    }

    private static final class OnDisk extends Run {

        private final DataInputStream in;

        OnDisk(Path run) throws IOException {
            in =
                    new DataInputStream(
                            new BufferedInputStream(Files.newInputStream(run), BUFFER_BYTES));
        }

        @Override
        @Nullable PackedRow read() throws IOException {
            int length = in.readInt();
            if (length < 0) {
                return null;
            }
            int keyLength = in.readInt();
            byte[] bytes = new byte[length];
            in.readFully(bytes);
            return new PackedRow(bytes, keyLength);
        }

        @Override
        void close() throws IOException {
            in.close();
        }
    }
}
