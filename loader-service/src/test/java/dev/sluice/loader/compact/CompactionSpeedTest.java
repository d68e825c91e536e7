package dev.sluice.loader.compact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.loader.process.Row;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;

/// What a compaction costs, by the processor's time of its thread, which other work on the machine
/// does not change much. Runs when it is asked for: `-Dsluice.speed=true`.
@EnabledIfSystemProperty(named = "sluice.speed", matches = "true")
class CompactionSpeedTest {

    private static final int FILES = 10;
    private static final int ROWS_A_FILE = 5_000;

    @TempDir Path folder;

    private final WideEvents events = new WideEvents(20_000, 100);

    @Test
    void rowsASecond() {
        LakeWorld world = new LakeWorld(folder, 192L << 20, 64L << 20);
        for (int f = 0; f < FILES; f++) {
            Row[] rows = new Row[ROWS_A_FILE];
            for (int i = 0; i < rows.length; i++) {
                rows[i] = events.row(f * ROWS_A_FILE + i);
            }
            world.load("f" + f, rows);
        }
        for (int round = 0; round < 2; round++) {
            long began = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            Compaction.Done done = (Compaction.Done) world.compact();
            double seconds =
                    (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - began) / 1e9;
            System.out.printf(
                    "%d files to %d: %d rows, %.1f MB, %.1f s of a core, %.0f rows/s%n",
                    done.filesBefore(),
                    done.files(),
                    done.rows(),
                    done.bytes() / 1e6,
                    seconds,
                    done.rows() / seconds);
            assertThat(done.rows()).isEqualTo((long) FILES * ROWS_A_FILE);
        }
    }
}
