package dev.sluice.cli;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/// What became of the events a tenant sent in one minute: a row of `pipeline_books`.
///
/// @param difference accepted and not accounted for; below zero: accounted for and not accepted
record MinuteBalance(
        Instant minute,
        String tenant,
        long accepted,
        long loaded,
        long quarantined,
        long duplicates,
        long suppressed,
        long difference) {

    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

    /// The minutes that begin within this time, in order.
    static List<MinuteBalance> read(Connection warehouse, Instant from, Instant until)
            throws SQLException {
        try (PreparedStatement statement =
                warehouse.prepareStatement(
                        "SELECT minute_ts, tenant_id, accepted, loaded, quarantined, duplicates,"
                                + " suppressed, difference FROM pipeline_books WHERE minute_ts >="
                                + " CAST(? AS TIMESTAMP) AND minute_ts < CAST(? AS TIMESTAMP) ORDER"
                                + " BY minute_ts, tenant_id")) {
            statement.setString(1, TIMESTAMP.format(from));
            statement.setString(2, TIMESTAMP.format(until));
            List<MinuteBalance> minutes = new ArrayList<>();
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    minutes.add(of(result));
                }
            }
            return minutes;
        }
    }

    private static MinuteBalance of(ResultSet row) throws SQLException {
        return new MinuteBalance(
                LocalDateTime.parse(row.getString(1).replace(' ', 'T')).toInstant(ZoneOffset.UTC),
                row.getString(2),
                row.getLong(3),
                row.getLong(4),
                row.getLong(5),
                row.getLong(6),
                row.getLong(7),
                row.getLong(8));
    }
}
