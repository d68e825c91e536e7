package dev.sluice.loader.quality;

import dev.sluice.loader.quality.Finding.Subject;
import dev.sluice.loader.warehouse.WarehouseTime;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The table `quality_findings`: what is unusual, and what was.
final class FindingsTable {

    private static final String IS_SUBJECT =
            "closed_ts IS NULL AND signal = ? AND tenant_id = ? AND source_id = ? AND event_type = ?"
                    + " AND version = ? AND field = ?";

    private static final String OPEN =
            "SELECT signal, tenant_id, source_id, event_type, version, field FROM quality_findings"
                    + " WHERE closed_ts IS NULL";

    private static final String INSERT =
            "INSERT INTO quality_findings (signal, tenant_id, source_id, event_type, version, field,"
                    + " opened_ts, seen_ts, observed, usual, owner_team, owner_contact, message)"
                    + " VALUES (?, ?, ?, ?, ?, ?, CAST(? AS TIMESTAMP), CAST(? AS TIMESTAMP), ?, ?, ?,"
                    + " ?, ?)";

    private static final String SEE =
            "UPDATE quality_findings SET seen_ts = CAST(? AS TIMESTAMP), observed = ?, usual = ?,"
                    + " message = ? WHERE "
                    + IS_SUBJECT;

    private static final String CLOSE =
            "UPDATE quality_findings SET closed_ts = CAST(? AS TIMESTAMP) WHERE " + IS_SUBJECT;

    private final Connection connection;

    FindingsTable(Connection connection) {
        this.connection = connection;
    }

    /// What changed with a look.
    ///
    /// @param opened since the last one
    /// @param closed since the last one
    record Change(List<Finding> opened, List<Subject> closed) {}

    /// Makes these the open findings, in the caller's transaction.
    Change replace(List<Finding> findings, Instant now) throws SQLException {
        Set<Subject> open = open();
        List<Finding> opened = new ArrayList<>();
        for (Finding finding : findings) {
            if (open.remove(finding.subject())) {
                see(finding, now);
            } else {
                insert(finding, now);
                opened.add(finding);
            }
        }
        for (Subject over : open) {
            close(over, now);
        }
        return new Change(opened, List.copyOf(open));
    }

    private Set<Subject> open() throws SQLException {
        Set<Subject> open = new HashSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(OPEN)) {
            while (row.next()) {
                TypeKey type =
                        new TypeKey(
                                row.getString(2),
                                row.getString(3),
                                row.getString(4),
                                row.getString(5));
                open.add(new Subject(Signal.of(row.getString(1)), type, row.getString(6)));
            }
        }
        return open;
    }

    private void insert(Finding finding, Instant now) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            int at = bind(statement, 1, finding.subject());
            statement.setString(at++, WarehouseTime.text(now));
            statement.setString(at++, WarehouseTime.text(now));
            statement.setDouble(at++, finding.observed());
            statement.setDouble(at++, finding.usual());
            statement.setString(at++, finding.team());
            statement.setString(at++, finding.contact());
            statement.setString(at, finding.message());
            statement.executeUpdate();
        }
    }

    private void see(Finding finding, Instant now) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SEE)) {
            statement.setString(1, WarehouseTime.text(now));
            statement.setDouble(2, finding.observed());
            statement.setDouble(3, finding.usual());
            statement.setString(4, finding.message());
            bind(statement, 5, finding.subject());
            statement.executeUpdate();
        }
    }

    private void close(Subject subject, Instant now) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(CLOSE)) {
            statement.setString(1, WarehouseTime.text(now));
            bind(statement, 2, subject);
            statement.executeUpdate();
        }
    }

    private static int bind(PreparedStatement statement, int first, Subject subject)
            throws SQLException {
        TypeKey type = subject.type();
        int at = first;
        for (String part :
                List.of(
                        subject.signal().code(),
                        type.tenant(),
                        type.source(),
                        type.eventType(),
                        type.version(),
                        subject.field())) {
            statement.setString(at++, part);
        }
        return at;
    }
}
