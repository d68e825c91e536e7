package dev.sluice.loader.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.loader.Fixtures;
import dev.sluice.loader.pause.MemoryPauseFlag;
import dev.sluice.loader.queue.LoadFile;
import dev.sluice.loader.queue.MemoryLoadQueue;
import dev.sluice.runtime.leader.LeaderLock;
import dev.sluice.runtime.leader.Leadership;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How fast what waited while the warehouse was away is loaded, by rows of a batch: on the clock
/// and in the processor's time of this process and the stand-in's. Runs when it is asked for:
/// `-Dsluice.speed=true`; `-Dsluice.speed.files=200` and `-Dsluice.speed.rows=2000` say how much
/// waits.
@EnabledIfSystemProperty(named = "sluice.speed", matches = "true")
class CatchUpSpeedTest {

    private static final int FILES = Integer.getInteger("sluice.speed.files", 100);
    private static final int ROWS = Integer.getInteger("sluice.speed.rows", 2_000);
    private static final long[] BATCHES = {200_000, 50_000, 10_000};

    @TempDir Path folder;

    @Test
    void rowsASecondByRowsOfABatch() throws SQLException {
        try (LocalWarehouse local = new LocalWarehouse(folder)) {
            List<LoadFile> files = publish(local);
            for (long batch : BATCHES) {
                catchUp(local, files, batch);
            }
        }
    }

    private static List<LoadFile> publish(LocalWarehouse local) {
        List<LoadFile> files = new ArrayList<>();
        for (int f = 0; f < FILES; f++) {
            SectionedEvent[] events = new SectionedEvent[ROWS];
            for (int i = 0; i < ROWS; i++) {
                events[i] =
                        Fixtures.search(
                                "acme",
                                f + "-" + i,
                                Fixtures.RECEIVED.plusNanos((f * (long) ROWS + i) * 1_000));
            }
            files.add(local.publish("curated/" + f + ".parquet", events));
        }
        return files;
    }

    private void catchUp(LocalWarehouse local, List<LoadFile> files, long batchRows)
            throws SQLException {
        local.empty();
        MemoryLoadQueue queue = new MemoryLoadQueue();
        queue.add(files);
        WarehousePipeline pipeline =
                new WarehousePipeline(
                        new Leads(),
                        queue,
                        new Manifest(local.objects),
                        local.warehouse,
                        new MemoryPauseFlag(),
                        new WarehouseLimits(1_000, batchRows, 1L << 30, 3));
        Duration longest = Duration.ZERO;
        int batches = 0;
        double cpu = LoadCost.cpu(folder.toString());
        Instant start = Instant.now();
        Instant before = start;
        while (pipeline.step() instanceof WarehouseStep.Loaded) {
            Instant now = Instant.now();
            Duration took = Duration.between(before, now);
            longest = took.compareTo(longest) > 0 ? took : longest;
            before = now;
            batches++;
        }
        double seconds = Duration.between(start, Instant.now()).toMillis() / 1000.0;
        System.out.printf(
                "%d files of %d rows, batches of %d rows: %d batches, %.1f s, the longest %.1f s, %.0f rows/s, %.0f rows for a second of a core%n",
                files.size(),
                ROWS,
                batchRows,
                batches,
                seconds,
                longest.toMillis() / 1000.0,
                files.size() * ROWS / seconds,
                files.size() * ROWS / (LoadCost.cpu(folder.toString()) - cpu));
        assertThat(local.query("SELECT COUNT(*) FROM events"))
                .isEqualTo(String.valueOf((long) files.size() * ROWS));
    }

    private static final class Leads implements LeaderLock {
        @Override
        public Optional<Leadership> claim() {
            return Optional.of(new Leadership(1, Instant.MAX));
        }

        @Override
        public void release() {}
    }
}
