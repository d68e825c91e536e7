package dev.sluice.loader.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.loader.Fixtures;
import dev.sluice.loader.pause.MemoryPauseFlag;
import dev.sluice.loader.queue.LoadFile;
import dev.sluice.loader.queue.MemoryLoadQueue;
import dev.sluice.runtime.failure.OutcomeUnknown;
import dev.sluice.runtime.leader.SoleLeader;
import dev.sluice.runtime.memory.CrashAfterEachEffect;
import dev.sluice.runtime.memory.EffectLog;
import dev.sluice.runtime.memory.MemoryObjectStore;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.stream.IntStream;

/// Dies after each manifest, commit and removal; each process after it has a new claim to lead.
class LoadCrashTest {

    private static final class Loading implements CrashAfterEachEffect.World {

        private final EffectLog log = new EffectLog();
        private final MemoryObjectStore objects =
                new MemoryObjectStore("lake", () -> Fixtures.RECEIVED, log);
        private final MemoryLoadQueue queue =
                new MemoryLoadQueue(() -> Fixtures.RECEIVED, log, log::mustLive);
        private final MemoryWarehouse warehouse = new MemoryWarehouse(objects, log);
        private long fence = 1;
        private int unknown;

        /// Events 1 to 5 in a file each, and 5 once more in another.
        Loading() {
            IntStream.rangeClosed(1, 5).forEach(i -> publish("file-" + i, "e" + i));
            publish("file-6", "e5");
        }

        @Override
        public EffectLog log() {
            return log;
        }

        @Override
        public void run() {
            WarehousePipeline pipeline = pipeline();
            WarehouseStep step;
            do {
                step = step(pipeline);
            } while (!(step instanceof WarehouseStep.Idle));
        }

        /// As the loop does: a turn that failed is followed by another.
        private WarehouseStep step(WarehousePipeline pipeline) {
            try {
                return pipeline.step();
            } catch (OutcomeUnknown _) {
                unknown++;
                return step(pipeline);
            }
        }

        @Override
        public void crash() {
            fence++;
        }

        @Override
        public Object outcome() {
            return List.of(
                    warehouse.rows(),
                    warehouse.ledger(),
                    warehouse.duplicateReceipts(),
                    queue.depth());
        }

        private WarehousePipeline pipeline() {
            return new WarehousePipeline(
                    new SoleLeader(fence),
                    queue,
                    new Manifest(objects),
                    warehouse,
                    new MemoryPauseFlag(),
                    new WarehouseLimits(2, 1_000, 1 << 20, 2));
        }

        private void publish(String key, String eventId) {
            LoadFile file = LocalWarehouse.publish(objects, key, Fixtures.pageView(eventId));
            queue.add(file);
        }
    }

    @Test
    void loadsEveryFileOnceWhereverItDies() {
        assertThat(CrashAfterEachEffect.once(Loading::new)).isGreaterThan(10);
    }

    @Test
    void loadsEveryFileOnceWhenTheRecoveryDiesToo() {
        assertThat(CrashAfterEachEffect.twice(Loading::new)).isGreaterThan(80);
    }

    @Test
    void loadsEveryFileOnceThoughAnswersAreLostAndItDies() {
        int crashes =
                CrashAfterEachEffect.once(
                        () -> {
                            Loading world = new Loading();
                            world.warehouse.loseNextAnswer();
                            return world;
                        });

        assertThat(crashes).isGreaterThan(10);
    }

    @Test
    void commitsEachFileInOneLoad() {
        Loading world = new Loading();
        world.warehouse.loseNextAnswer();
        world.run();

        assertThat(world.unknown).isEqualTo(1);
        assertThat(world.log.lines()).filteredOn(line -> line.startsWith("load")).hasSize(3);
        assertThat(world.warehouse.ledger()).hasSize(6);
        assertThat(world.warehouse.rows()).hasSize(5);
        assertThat(world.queue.depth().waiting()).isZero();
    }
}
