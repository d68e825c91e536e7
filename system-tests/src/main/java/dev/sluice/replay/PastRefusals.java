package dev.sluice.replay;

import dev.sluice.contracts.event.Receipt;
import dev.sluice.contracts.rejection.QuarantineId;
import dev.sluice.contracts.stream.Streams;
import dev.sluice.loader.warehouse.WarehouseTime;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/// The events that the line refused when they came, as the quarantine knows them, those too that
/// have left it. What was refused at a place of the raw stream has no row from that place; if
/// it came back mended, that has a place of its own. What a later stage refused is known by its
/// receipt alone.
final class PastRefusals {

    /// How long before its arrival an event may have been received: what waits in the spill bucket.
    private static final Duration LONGEST_SPILL = Duration.ofDays(7);

    private static final String QUERY =
            "SELECT quarantine_id, tenant_id, event_id, received_ts FROM %s WHERE event_id IS NOT"
                    + " NULL AND received_ts >= CAST(? AS TIMESTAMP) AND received_ts < CAST(? AS"
                    + " TIMESTAMP)";

    private final Set<String> refused;

    private PastRefusals(Set<String> refused) {
        this.refused = refused;
    }

    static PastRefusals none() {
        return new PastRefusals(Set.of());
    }

    /// Those of events that arrived in a time.
    static PastRefusals read(Connection warehouse, Instant from, Instant to) throws SQLException {
        Set<String> refused = new HashSet<>();
        for (String table : new String[] {"quarantined_events", "quarantine_releases"}) {
            try (PreparedStatement statement = warehouse.prepareStatement(QUERY.formatted(table))) {
                statement.setString(1, WarehouseTime.text(from.minus(LONGEST_SPILL)));
                statement.setString(2, WarehouseTime.text(to));
                try (ResultSet found = statement.executeQuery()) {
                    while (found.next()) {
                        refused.add(
                                place(QuarantineId.parse(found.getString(1)))
                                        + receipt(
                                                found.getString(2),
                                                found.getString(3),
                                                WarehouseTime.of(found.getString(4))));
                    }
                }
            }
        }
        return new PastRefusals(refused);
    }

    /// Whether the line refused the event when it came at this place, or later on its way.
    boolean cover(QuarantineId position, Receipt receipt) {
        if (refused.isEmpty()) {
            return false;
        }
        String of =
                receipt(
                        receipt.tenantId().value(),
                        receipt.eventId().value(),
                        receipt.receivedTs());
        return refused.contains(of) || refused.contains(place(position) + of);
    }

    private static String place(QuarantineId position) {
        return position.stream().equals(Streams.RAW)
                ? position.sequence() + "/" + position.index() + "/"
                : "";
    }

    private static String receipt(String tenant, String event, Instant received) {
        return tenant + "/" + event + "/" + received;
    }
}
