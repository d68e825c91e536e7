package dev.sluice.loader.compact;

import static dev.sluice.loader.lake.LakeRows.row;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.loader.process.Row;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.random.RandomGenerator;

/// What a compaction costs, by the processor's time of its thread, which other work on the machine
/// does not change much. Runs when it is asked for: `-Dsluice.speed=true`.
@EnabledIfSystemProperty(named = "sluice.speed", matches = "true")
class CompactionSpeedTest {

    private static final int FILES = 10;
    private static final int ROWS_A_FILE = 5_000;

    @TempDir Path folder;

    private final RandomGenerator dice = RandomGenerator.of("L64X128MixRandom");

    @Test
    void rowsASecond() {
        LakeWorld world = new LakeWorld(folder, 192L << 20, 64L << 20);
        for (int f = 0; f < FILES; f++) {
            Row[] rows = new Row[ROWS_A_FILE];
            for (int i = 0; i < rows.length; i++) {
                rows[i] = event(f * ROWS_A_FILE + i);
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

    /// About as wide as an event of the traffic model: forty columns with a value, 1.5 KB.
    private Row event(int i) {
        return row(
                "0198f3a2-" + Long.toHexString(dice.nextLong()) + i,
                "person-" + dice.nextInt(20_000),
                dice.nextInt(60),
                "session_id",
                Long.toHexString(dice.nextLong()),
                "anonymous_id",
                Long.toHexString(dice.nextLong()),
                "page_url",
                "https://shop.example/products/" + dice.nextInt(5_000) + "?ref=" + dice.nextInt(),
                "page_title",
                "Product " + dice.nextInt(5_000),
                "user_agent",
                "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/" + dice.nextInt(140),
                "device_class",
                "desktop",
                "geo_country",
                "DE",
                "geo_latitude",
                dice.nextDouble(),
                "traffic_channel",
                "direct",
                "product_price",
                dice.nextInt(100_000) + "." + dice.nextInt(10),
                "properties",
                "{\"note\":\"" + words(60) + "\"}",
                "context",
                "{\"page\":\"" + words(40) + "\"}");
    }

    private String words(int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(Integer.toString(dice.nextInt(5_000), 36)).append(' ');
        }
        return text.toString();
    }
}
