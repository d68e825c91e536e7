package dev.sluice.loader.reports;

import dev.sluice.loader.upkeep.UpkeepJob;

import io.micrometer.core.instrument.MeterRegistry;

import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/// Refreshes the materialized views: Redshift does so by itself when it has nothing else to do,
/// which on a busy warehouse is never. `sluice.reports.refresh{view}` is how long each took.
public final class ReportRefresh implements UpkeepJob {

    private final ReportTables tables;
    private final Duration interval;
    private final MeterRegistry meters;

    public ReportRefresh(ReportTables tables, Duration interval, MeterRegistry meters) {
        this.tables = tables;
        this.interval = interval;
        this.meters = meters;
    }

    @Override
    public String name() {
        return "reports";
    }

    @Override
    public Duration interval() {
        return interval;
    }

    @Override
    public String turn(Instant now, BooleanSupplier goOn) {
        for (String view : ReportTables.live()) {
            if (goOn.getAsBoolean()) {
                meters.timer("sluice.reports.refresh", "view", view)
                        .record(() -> tables.refresh(view));
            }
        }
        return "";
    }
}
