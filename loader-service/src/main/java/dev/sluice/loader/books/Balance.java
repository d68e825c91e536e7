package dev.sluice.loader.books;

import java.time.Instant;
import java.util.List;

/// What a look at the books found.
///
/// @param events that are missing or too many, over all minutes and tenants
/// @param minutes that do not balance
/// @param first of the minutes and tenants that do not balance, oldest first; a few
public record Balance(long events, long minutes, List<Difference> first) {

    public static final Balance EVEN = new Balance(0, 0, List.of());

    public Balance {
        first = List.copyOf(first);
    }

    /// A minute of a tenant's that does not balance.
    ///
    /// @param events accepted and not accounted for; below zero: accounted for and not accepted
    public record Difference(Instant minute, String tenant, long events) {

        @Override
        public String toString() {
            return minute + " " + (tenant.isEmpty() ? "(no tenant)" : tenant) + " " + events;
        }
    }
}
