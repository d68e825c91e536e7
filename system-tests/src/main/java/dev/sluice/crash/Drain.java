package dev.sluice.crash;

import dev.sluice.traffic.load.Delivery;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Waits until everything that was acknowledged has arrived and nothing moves any more.
final class Drain {

    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    /// What is at rest for this long and complete has come to its end.
    private static final Duration QUIET = Duration.ofSeconds(8);

    /// What is incomplete and at rest for this long will not move again by itself.
    private static final Duration GIVE_UP = Duration.ofSeconds(90);

    private static final List<String> PREFIXES = List.of("raw", "quarantine", "curated");

    private final Collection<Delivery> deliveries;
    private final Rows rows;
    private final Lake lake;
    private final Path bucket;

    /// @param bucket the folder that is the bucket
    Drain(Collection<Delivery> deliveries, Rows rows, Lake lake, Path bucket) {
        this.deliveries = deliveries;
        this.rows = rows;
        this.lake = lake;
        this.bucket = bucket;
    }

    /// How full everything is.
    private record Level(long rows, long duplicates, long filesLoaded, long objects) {
        @Override
        public String toString() {
            return "%,d rows, %,d duplicates recognised, %,d files loaded, %,d objects"
                    .formatted(rows, duplicates, filesLoaded, objects);
        }
    }

    /// @param complete whether everything arrived
    /// @param time until the last of it moved
    record Outcome(boolean complete, Duration time) {}

    Outcome await(Consumer<String> progress)
            throws InterruptedException, SQLException, IOException {
        Level last = level();
        long started = System.nanoTime();
        long moved = started;
        while (true) {
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY.toMillis());
            Level now = level();
            if (!now.equals(last)) {
                progress.accept("draining: " + now);
                last = now;
                moved = System.nanoTime();
            }
            Duration rest = Duration.ofNanos(System.nanoTime() - moved);
            if (rest.compareTo(GIVE_UP) > 0) {
                return new Outcome(false, Duration.ofNanos(moved - started));
            }
            if (rest.compareTo(QUIET) > 0 && isComplete()) {
                return new Outcome(true, Duration.ofNanos(moved - started));
            }
        }
    }

    private boolean isComplete() throws SQLException {
        Audit.Evidence evidence =
                new Audit.Evidence(rows.loaded(), lake.quarantined(), Map.of(), lake.archived());
        return rows.imbalance() == 0 && new Audit(deliveries, evidence).isComplete();
    }

    private Level level() throws SQLException, IOException {
        long objects = 0;
        for (String prefix : PREFIXES) {
            objects += files(bucket.resolve(prefix));
        }
        return new Level(rows.count(), rows.duplicates(), rows.files(), objects);
    }

    private static long files(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        FileCount count = new FileCount();
        Files.walkFileTree(folder, count);
        return count.files;
    }

    /// Counts what is there while others write: a file may be gone, or have got its name, by the
    /// time it is looked at.
    private static final class FileCount extends SimpleFileVisitor<Path> {
        private long files;

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            files++;
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException gone) {
            return FileVisitResult.CONTINUE;
        }
    }
}
