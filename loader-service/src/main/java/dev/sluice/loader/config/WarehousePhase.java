package dev.sluice.loader.config;

import dev.sluice.loader.warehouse.WarehouseLoop;
import dev.sluice.runtime.config.KclConsumers;

import org.springframework.context.SmartLifecycle;

/// Runs the warehouse loop with the application. The loader ends in this order, each step after the
/// one before is done or its time is over:
///
/// 1. The consumers stop reading; every shard's window is published, queued and checkpointed
///    (`sluice.kcl.shutdown-timeout`).
/// 2. The warehouse loop ends the load under way, loads what waits if `stop.load` says so, and
///    gives the leadership up (`sluice.loader.warehouse.stop.timeout`).
/// 3. The web server, which has answered for health and metrics until now.
/// 4. Connections and clients.
///
/// So what was on the enriched stream is in the warehouse when the process has ended, if this task
/// leads and `stop.load` is set.
final class WarehousePhase implements SmartLifecycle {

    /// Spring stops from the highest phase to the lowest: right after the consumers.
    static final int PHASE = KclConsumers.PHASE - 1;

    private final WarehouseLoop loop;
    private final WarehouseProperties.Stop end;
    private volatile boolean running;

    WarehousePhase(WarehouseLoop loop, WarehouseProperties.Stop end) {
        this.loop = loop;
        this.end = end;
    }

    @Override
    public void start() {
        loop.start();
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        loop.stop(end.drain(), end.timeout());
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
