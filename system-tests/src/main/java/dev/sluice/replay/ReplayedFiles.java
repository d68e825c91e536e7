package dev.sluice.replay;

import dev.sluice.loader.layout.FileLayout;
import dev.sluice.loader.queue.LoadFile;
import dev.sluice.loader.queue.LoadTable;
import dev.sluice.loader.warehouse.Manifest;
import dev.sluice.loader.warehouse.StagedComparison;
import dev.sluice.loader.warehouse.WarehouseTime;
import dev.sluice.runtime.failure.SetupFailure;
import dev.sluice.runtime.objects.ObjectStore;
import dev.sluice.runtime.objects.ObjectSummary;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The files of one replay, after they were made.
public final class ReplayedFiles {

    private final ReplayPlan plan;
    private final ObjectStore objects;
    private final Connection warehouse;

    public ReplayedFiles(ReplayPlan plan, ObjectStore objects, Connection warehouse) {
        this.plan = plan;
        this.objects = objects;
        this.warehouse = warehouse;
    }

    /// How many the warehouse has loaded.
    public long loaded() throws SQLException {
        try (PreparedStatement statement =
                warehouse.prepareStatement(
                        "SELECT COUNT(*) FROM load_ledger WHERE LEFT(file_name, ?) = ?")) {
            statement.setInt(1, plan.prefix().length());
            statement.setString(2, plan.prefix());
            try (ResultSet result = statement.executeQuery()) {
                result.next();
                return result.getLong(1);
            }
        }
    }

    /// What loading them would change; empty if there are none.
    ///
    /// @param layout that they have
    /// @param made how many there have to be
    /// @throws SetupFailure if some are gone: the dry run has to be begun anew
    public Optional<StagedComparison.Difference> difference(FileLayout layout, long made)
            throws SQLException {
        List<LoadFile> files = list(layout);
        if (files.size() < made) {
            throw new SetupFailure(
                    "of %d files of dry run %s %d are left: begin it anew"
                            .formatted(made, plan.id(), files.size()));
        }
        if (files.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new StagedComparison(warehouse, new Manifest(objects), "default")
                        .of(plan.id(), files, layout, expected()));
    }

    /// Removes them.
    public void remove() {
        try (Stream<ObjectSummary> files = objects.list(plan.prefix())) {
            files.toList().forEach(file -> objects.delete(file.key()));
        }
    }

    private List<LoadFile> list(FileLayout layout) {
        List<LoadFile> files = new ArrayList<>();
        try (Stream<ObjectSummary> found = objects.list(plan.prefix())) {
            found.forEach(
                    file ->
                            files.add(
                                    new LoadFile(
                                            LoadTable.EVENTS,
                                            file.key(),
                                            layout.id(),
                                            0,
                                            file.size(),
                                            plan.from(),
                                            plan.to(),
                                            plan.from(),
                                            plan.to(),
                                            file.modifiedAt())));
        }
        return files;
    }

    private String expected() {
        StringBuilder condition = new StringBuilder("e.received_ts >= ").append(time(plan.from()));
        condition.append(" AND e.received_ts < ").append(time(plan.to()));
        if (plan.tenant() != null) {
            condition.append(" AND e.tenant_id = ").append(quoted(plan.tenant()));
        }
        if (plan.eventType() != null) {
            condition.append(" AND e.event_type = ").append(quoted(plan.eventType()));
        }
        return condition.toString();
    }

    private static String time(Instant at) {
        return "CAST(" + quoted(WarehouseTime.text(at)) + " AS TIMESTAMP)";
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
