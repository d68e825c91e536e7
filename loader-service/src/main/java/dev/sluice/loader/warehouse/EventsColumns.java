package dev.sluice.loader.warehouse;

import dev.sluice.contracts.table.Column;
import dev.sluice.contracts.table.EventsTable;
import dev.sluice.loader.drift.Drift;
import dev.sluice.loader.drift.DriftFinding;
import dev.sluice.loader.layout.FileLayout;
import dev.sluice.runtime.failure.SetupFailure;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Gives `events` the columns that new contracts ask for, and lets no load begin that the
/// table would refuse. A column is never changed or removed.
public final class EventsColumns {

    private static final Logger LOG = LoggerFactory.getLogger(EventsColumns.class);

    private static final String FIND =
            "SELECT column_name FROM information_schema.columns WHERE table_schema ="
                    + " current_schema() AND table_name = 'events'";

    private final Set<String> done = new HashSet<>();

    EventsColumns() {}

    /// Adds what is missing, each column by itself, so that the table is locked for moments
    /// only and never by a load.
    ///
    /// @param connection that commits each statement
    /// @throws SetupFailure if columns that are there differ so that a load could fail
    void ensure(Connection connection, FileLayout layout) throws SQLException {
        if (done.contains(layout.id())) {
            return;
        }
        List<DriftFinding> findings = Drift.find(connection, EventsTable.NAME, layout.columns());
        String breaking =
                findings.stream()
                        .filter(DriftFinding::breaksLoads)
                        .map(DriftFinding::text)
                        .collect(Collectors.joining("; "));
        if (!breaking.isEmpty()) {
            throw new SetupFailure(breaking);
        }
        Set<String> missing =
                findings.stream()
                        .filter(each -> each.kind() == DriftFinding.Kind.MISSING)
                        .map(DriftFinding::column)
                        .collect(Collectors.toSet());
        for (Column column : layout.columns()) {
            if (missing.contains(column.name())) {
                add(connection, column);
            }
        }
        done.add(layout.id());
    }

    /// Looks again before the next load: one has failed.
    void forget() {
        done.clear();
    }

    /// The names of the columns that the table has by now.
    public static Set<String> present(Connection connection) throws SQLException {
        Set<String> names = new HashSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(FIND)) {
            while (result.next()) {
                names.add(result.getString(1));
            }
        }
        return names;
    }

    private static void add(Connection connection, Column column) throws SQLException {
        LOG.info("events gets the column {} {}", column.name(), column.type().sql());
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "ALTER TABLE events ADD COLUMN %s %s"
                            .formatted(column.name(), column.type().sql()));
        }
    }
}
