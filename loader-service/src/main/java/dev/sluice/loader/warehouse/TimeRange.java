package dev.sluice.loader.warehouse;

import java.time.Duration;
import java.time.Instant;

/// A range of the times of a column, both ends included.
///
/// @param first of them
/// @param last of them, not before the first
public record TimeRange(Instant first, Instant last) {

    public TimeRange {
        if (last.isBefore(first)) {
            throw new IllegalArgumentException("times end before they begin: " + first);
        }
    }

    /// So much longer at both ends, as far as the warehouse has times.
    TimeRange widened(Duration margin) {
        Instant from = first.minus(margin);
        Instant to = last.plus(margin);
        return new TimeRange(
                WarehouseTime.holds(from) ? from : first, WarehouseTime.holds(to) ? to : last);
    }

    /// Whether a column lies in it, in literals, for blocks of the table are passed over by them.
    public String holds(String column) {
        return "%s BETWEEN CAST('%s' AS TIMESTAMP) AND CAST('%s' AS TIMESTAMP)"
                .formatted(column, WarehouseTime.text(first), WarehouseTime.text(last));
    }
}
