package dev.sluice.loader.warehouse;

import dev.sluice.loader.queue.LoadTable;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import java.time.Duration;

/// The meters of the warehouse loop:
/// `sluice.load.rows{table,outcome=staged|inserted|duplicate|replayed}`, where staged is the sum of
/// the others;
/// `sluice.load.files{outcome=loaded|loaded_before|set_aside}`;
/// `sluice.load.batch`, how long a load that committed took;
/// `sluice.load.refused`, batches the warehouse refused;
/// `sluice.load.failures{kind}`, turns that threw.
public final class LoadMetrics {

    private static final String ROWS = "sluice.load.rows";
    private static final String FILES = "sluice.load.files";
    private static final String OUTCOME = "outcome";

    private final MeterRegistry registry;
    private final Timer batch;

    public LoadMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.batch = registry.timer("sluice.load.batch");
        for (LoadTable table : LoadTable.values()) {
            count(table, new LoadOutcome.Loaded(0, 0, 0, 0));
        }
        for (String outcome : new String[] {"loaded", "loaded_before", "set_aside"}) {
            count(outcome, 0);
        }
        registry.counter("sluice.load.refused");
    }

    void turned(WarehouseStep step, Duration took) {
        switch (step) {
            case WarehouseStep.NotLeading _, WarehouseStep.Paused _, WarehouseStep.Idle _ -> {}
            case WarehouseStep.Loaded(LoadBatch loaded, LoadOutcome.Loaded rows, var _) -> {
                batch.record(took);
                count(loaded.table(), rows);
                count("loaded", loaded.files().size());
            }
            case WarehouseStep.Tidied(int files) -> count("loaded_before", files);
            case WarehouseStep.Narrowed _ -> registry.counter("sluice.load.refused").increment();
            case WarehouseStep.SetAside _ -> {
                registry.counter("sluice.load.refused").increment();
                count("set_aside", 1);
            }
        }
    }

    void failed(String kind) {
        registry.counter("sluice.load.failures", "kind", kind).increment();
    }

    private void count(LoadTable table, LoadOutcome.Loaded rows) {
        count(table, "staged", rows.staged());
        count(table, "inserted", rows.inserted());
        count(table, "duplicate", rows.duplicates());
        count(table, "replayed", rows.replayed());
    }

    private void count(LoadTable table, String outcome, long rows) {
        registry.counter(ROWS, "table", table.tableName(), OUTCOME, outcome).increment(rows);
    }

    private void count(String outcome, long files) {
        registry.counter(FILES, OUTCOME, outcome).increment(files);
    }
}
