package dev.sluice.loader.upkeep;

import dev.sluice.contracts.table.Column;
import dev.sluice.loader.drift.Drift;
import dev.sluice.loader.drift.DriftFinding;
import dev.sluice.loader.warehouse.SqlFailures;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import javax.sql.DataSource;

/// Looks now and then whether somebody has changed the tables. `sluice.drift{effect=breaking}` are
/// columns for which a load can fail, `{effect=harmless}` others that differ.
public final class DriftCheck implements UpkeepJob {

    private final DataSource warehouse;
    private final Supplier<Map<String, List<Column>>> wanted;
    private final Duration interval;
    private volatile List<DriftFinding> last = List.of();

    /// @param wanted the columns of files, by table
    public DriftCheck(
            DataSource warehouse,
            Supplier<Map<String, List<Column>>> wanted,
            Duration interval,
            MeterRegistry meters) {
        this.warehouse = warehouse;
        this.wanted = wanted;
        this.interval = interval;
        meters.gauge("sluice.drift", List.of(effect("breaking")), this, each -> each.count(true));
        meters.gauge("sluice.drift", List.of(effect("harmless")), this, each -> each.count(false));
    }

    @Override
    public String name() {
        return "drift";
    }

    @Override
    public Duration interval() {
        return interval;
    }

    @Override
    public String turn(Instant now, BooleanSupplier goOn) {
        last = find();
        return last.stream()
                .filter(DriftFinding::breaksLoads)
                .map(DriftFinding::text)
                .collect(Collectors.joining("; "));
    }

    /// What is different now.
    public List<DriftFinding> find() {
        List<DriftFinding> findings = new ArrayList<>();
        for (Map.Entry<String, List<Column>> table : wanted.get().entrySet()) {
            try (Connection connection = warehouse.getConnection()) {
                findings.addAll(Drift.find(connection, table.getKey(), table.getValue()));
            } catch (SQLException e) {
                throw SqlFailures.of(table.getKey(), e);
            }
        }
        return findings;
    }

    private double count(boolean breaking) {
        return last.stream().filter(each -> each.breaksLoads() == breaking).count();
    }

    private static Tag effect(String effect) {
        return Tag.of("effect", effect);
    }
}
