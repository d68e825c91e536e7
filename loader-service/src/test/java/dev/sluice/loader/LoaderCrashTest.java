package dev.sluice.loader;

import static dev.sluice.loader.publish.PublishRig.sent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.loader.pause.MemoryPauseFlag;
import dev.sluice.loader.publish.PublishRig;
import dev.sluice.loader.warehouse.Manifest;
import dev.sluice.loader.warehouse.MemoryWarehouse;
import dev.sluice.loader.warehouse.WarehouseLimits;
import dev.sluice.loader.warehouse.WarehousePipeline;
import dev.sluice.loader.warehouse.WarehouseStep;
import dev.sluice.runtime.leader.SoleLeader;
import dev.sluice.runtime.memory.CrashAfterEachEffect;
import dev.sluice.runtime.memory.EffectLog;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

/// The whole loader, from enriched records to rows, dies between any two effects.
class LoaderCrashTest {

    private static final class Loader implements CrashAfterEachEffect.World {

        private final PublishRig rig = new PublishRig(2, 2);
        private final MemoryWarehouse warehouse = new MemoryWarehouse(rig.objects, rig.log);
        private long fence = 1;

        Loader() {
            SectionedEvent misfit =
                    sent(
                            Fixtures.event(
                                    "misfit",
                                    "purchase",
                                    Duration.ZERO,
                                    "{\"properties\":{\"order_id\":\"a\\u0000\"}}"),
                            2,
                            0);
            rig.put(page("e1", 1), page("e2", 2), misfit);
            rig.put(page("e1", 1), page("e2", 2), misfit);
            rig.put(page("e3", 4));
            rig.put(page("e4", 5));
            // The client sent e1 again, and the validator had forgotten it.
            rig.put(sent(Fixtures.search("acme", "e1", Fixtures.RECEIVED.plusSeconds(9)), 6, 0));
            rig.put(page("e4", 5), page("e5", 7));
        }

        @Override
        public EffectLog log() {
            return rig.log;
        }

        @Override
        public void run() {
            WarehousePipeline pipeline =
                    new WarehousePipeline(
                            new SoleLeader(fence),
                            rig.queue,
                            new Manifest(rig.objects),
                            warehouse,
                            new MemoryPauseFlag(),
                            new WarehouseLimits(2, 1_000, 1 << 20, 2));
            rig.consumer.start();
            rig.consumer.runUntilIdle();
            loadAll(pipeline);
            rig.consumer.close();
            loadAll(pipeline);
        }

        private static void loadAll(WarehousePipeline pipeline) {
            WarehouseStep step;
            do {
                step = pipeline.step();
            } while (!(step instanceof WarehouseStep.Idle));
        }

        @Override
        public void crash() {
            rig.consumer.crash();
            fence++;
        }

        @Override
        public Object outcome() {
            return List.of(
                    warehouse.rows(),
                    warehouse.duplicateReceipts(),
                    rig.quarantined(),
                    rig.booked(),
                    rig.queue.depth());
        }
    }

    @Test
    void endsWithTheSameRowsWhereverItDies() {
        assertThat(CrashAfterEachEffect.once(Loader::new)).isGreaterThan(20);
    }

    @Test
    void endsWithTheSameRowsWhenTheRecoveryDiesToo() {
        assertThat(CrashAfterEachEffect.twice(Loader::new)).isGreaterThan(300);
    }

    @Test
    void hasEachEventInOneRow() {
        Loader world = new Loader();
        world.run();

        assertThat(world.warehouse.rows())
                .extracting(StoredRow::eventId)
                .containsExactly("e1", "e2", "e3", "e4", "e5");
        assertThat(world.warehouse.duplicateReceipts())
                .extracting(StoredRow::eventId)
                .containsExactly("e1");
    }

    private static SectionedEvent page(String id, int sequence) {
        return sent(Fixtures.pageView(id), sequence, 0);
    }
}
