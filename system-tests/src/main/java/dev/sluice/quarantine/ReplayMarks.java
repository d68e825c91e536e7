package dev.sluice.quarantine;

import dev.sluice.contracts.rejection.QuarantineRecord;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Which records were sent again and may be on their way; see `quarantine_replays`.
final class ReplayMarks {

    /// Parameters of one statement.
    private static final int AT_ONCE = 500;

    private final Connection warehouse;

    ReplayMarks(Connection warehouse) {
        this.warehouse = warehouse;
    }

    /// Those of the records that may be sent now, marked so that nobody else sends them. A record
    /// that has left the quarantine meanwhile is not among them.
    ///
    /// @param resendAfter since then a record that is still there was not delivered
    List<QuarantineRecord> claim(List<QuarantineRecord> records, Duration resendAfter)
            throws SQLException {
        warehouse.setAutoCommit(false);
        try {
            try (Statement lock = warehouse.createStatement()) {
                lock.execute("LOCK TABLE quarantine_replays");
            }
            List<QuarantineRecord> claimed = new ArrayList<>();
            for (int i = 0; i < records.size(); i += AT_ONCE) {
                List<QuarantineRecord> some =
                        records.subList(i, Math.min(i + AT_ONCE, records.size()));
                claimed.addAll(claimSome(some, resendAfter));
            }
            warehouse.commit();
            return claimed;
        } catch (SQLException e) {
            warehouse.rollback();
            throw e;
        } finally {
            warehouse.setAutoCommit(true);
        }
    }

    /// Lets the records be sent by anybody again.
    void giveBack(List<QuarantineRecord> records) throws SQLException {
        for (int i = 0; i < records.size(); i += AT_ONCE) {
            List<QuarantineRecord> some = records.subList(i, Math.min(i + AT_ONCE, records.size()));
            try (PreparedStatement statement =
                    warehouse.prepareStatement(
                            "DELETE FROM quarantine_replays WHERE quarantine_id IN ("
                                    + marks(some)
                                    + ")")) {
                bind(statement, some);
                statement.executeUpdate();
            }
        }
    }

    private List<QuarantineRecord> claimSome(List<QuarantineRecord> records, Duration resendAfter)
            throws SQLException {
        Set<String> free =
                ids(
                        "SELECT quarantine_id FROM quarantined_events WHERE quarantine_id IN (%s) AND"
                                + " quarantine_id NOT IN (SELECT quarantine_id FROM"
                                + " quarantine_replays WHERE replayed_ts > DATEADD(second, -"
                                + resendAfter.toSeconds()
                                + ", GETDATE()))",
                        records);
        List<QuarantineRecord> claimed =
                records.stream().filter(each -> free.contains(each.quarantineId())).toList();
        if (!claimed.isEmpty()) {
            mark(claimed);
        }
        return claimed;
    }

    private void mark(List<QuarantineRecord> records) throws SQLException {
        String rows = String.join(", ", Collections.nCopies(records.size(), "(?, GETDATE())"));
        try (PreparedStatement statement =
                warehouse.prepareStatement("INSERT INTO quarantine_replays VALUES " + rows)) {
            bind(statement, records);
            statement.executeUpdate();
        }
    }

    private Set<String> ids(String query, List<QuarantineRecord> records) throws SQLException {
        Set<String> ids = new HashSet<>();
        try (PreparedStatement statement =
                warehouse.prepareStatement(query.replace("%s", marks(records)))) {
            bind(statement, records);
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    ids.add(result.getString(1));
                }
            }
        }
        return ids;
    }

    private static String marks(List<QuarantineRecord> records) {
        return String.join(", ", Collections.nCopies(records.size(), "?"));
    }

    private static void bind(PreparedStatement statement, List<QuarantineRecord> records)
            throws SQLException {
        for (int i = 0; i < records.size(); i++) {
            statement.setString(i + 1, records.get(i).quarantineId());
        }
    }
}
