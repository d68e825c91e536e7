package dev.sluice.loader.quality;

import dev.sluice.loader.warehouse.SqlFailures;
import dev.sluice.loader.warehouse.WarehouseTime;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

import javax.sql.DataSource;

/// Counts the slots that are over and judges the last hour of them.
public final class QualityCheck {

    private static final String OBJECT = "quality_slots";

    /// Slots that one turn counts: after an outage the others take their turns.
    private static final int AT_A_TIME = 6;

    /// Share of the accepted events that may be on their way in an hour that counts as complete.
    private static final double ON_THEIR_WAY = 0.01;

    private static final String BOOKS =
            "SELECT NVL(SUM(GREATEST(difference, 0)), 0), NVL(SUM(accepted), 0) FROM pipeline_books WHERE"
                    + " minute_ts >= CAST(? AS TIMESTAMP) AND minute_ts < CAST(? AS TIMESTAMP)";

    private final DataSource warehouse;
    private final Supplier<KnownTypes> known;
    private final QualityLimits limits;
    private final QualityTiming timing;

    /// @param known the contracts as of now
    public QualityCheck(
            DataSource warehouse,
            Supplier<KnownTypes> known,
            QualityLimits limits,
            QualityTiming timing) {
        this.warehouse = warehouse;
        this.known = known;
        this.limits = limits;
        this.timing = timing;
    }

    /// @param slots that were
    /// @param all whether no other one needs it
    record Counted(int slots, boolean all) {}

    /// What a look found.
    ///
    /// @param end of the hour
    /// @param hour that was judged
    /// @param findings all that are open
    /// @param change since the look before
    record Look(Instant end, Hour hour, List<Finding> findings, FindingsTable.Change change) {}

    /// Counts the oldest slots that need it.
    ///
    /// @throws dev.sluice.runtime.failure.TransientFailure if the warehouse is away
    /// @throws dev.sluice.runtime.failure.SetupFailure if it refuses
    Counted count(Instant now) {
        try (Connection connection = warehouse.getConnection()) {
            List<Instant> due = due(connection, now);
            List<Instant> some = due.subList(0, Math.min(due.size(), AT_A_TIME));
            for (Instant slot : some) {
                SlotTables slots = new SlotTables(connection);
                Hour counts =
                        slots.loaded(slot)
                                ? new SlotCounts(connection, known.get())
                                        .count(slot, slot.plus(Slots.LENGTH))
                                : Hour.EMPTY;
                connection.setAutoCommit(false);
                slots.write(slot, counts, now);
                connection.commit();
                connection.setAutoCommit(true);
            }
            return new Counted(some.size(), some.size() == due.size());
        } catch (SQLException e) {
            throw SqlFailures.of(OBJECT, e);
        }
    }

    private List<Instant> due(Connection connection, Instant now) throws SQLException {
        Instant end = end(now);
        Instant oldest = end.minus(timing.lookback());
        Set<Instant> counted = new SlotTables(connection).counted(oldest);
        List<Instant> due = new ArrayList<>();
        for (Instant slot = oldest; slot.isBefore(end); slot = slot.plus(Slots.LENGTH)) {
            if (!counted.contains(slot)) {
                due.add(slot);
            }
        }
        return due;
    }

    /// Judges the hour up to the last slot whose events have had time to arrive.
    ///
    /// @throws dev.sluice.runtime.failure.TransientFailure if the warehouse is away
    /// @throws dev.sluice.runtime.failure.SetupFailure if it refuses
    Look look(Instant now) {
        Instant end = end(now);
        QualityRules rules = new QualityRules(known.get(), limits);
        try (Connection connection = warehouse.getConnection()) {
            SlotTables slots = new SlotTables(connection);
            Map<Integer, Hour> hours = slots.hours(end, timing.days());
            List<Finding> findings = new ArrayList<>();
            findings.addAll(rules.judge(hours, isComplete(connection, end)));
            findings.addAll(rules.newTypes(end, slots.firstSeen()));
            connection.setAutoCommit(false);
            FindingsTable.Change change = new FindingsTable(connection).replace(findings, now);
            slots.forget(end.minus(Duration.ofDays(timing.days() + 1L)));
            connection.commit();
            return new Look(end, hours.getOrDefault(0, Hour.EMPTY), findings, change);
        } catch (SQLException e) {
            throw SqlFailures.of(OBJECT, e);
        }
    }

    /// While loads are late their events are not missing.
    private static boolean isComplete(Connection connection, Instant end) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(BOOKS)) {
            statement.setString(1, WarehouseTime.text(end.minus(Slots.WINDOW)));
            statement.setString(2, WarehouseTime.text(end));
            try (ResultSet result = statement.executeQuery()) {
                result.next();
                return result.getLong(1) <= ON_THEIR_WAY * result.getLong(2);
            }
        }
    }

    private Instant end(Instant now) {
        return Slots.of(now.minus(timing.settle()));
    }
}
