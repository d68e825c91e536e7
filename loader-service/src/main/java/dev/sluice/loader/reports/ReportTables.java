package dev.sluice.loader.reports;

import dev.sluice.loader.warehouse.SqlFailures;
import dev.sluice.loader.warehouse.WarehouseTime;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

import javax.sql.DataSource;

/// The figures by day: live for the days whose events are there, and history for those that are
/// closed (`V9__reports.sql`).
public final class ReportTables {

    /// A materialized view that is refreshed by what changed.
    private static final List<String> LIVE =
            List.of(
                    "live_products_viewed",
                    "live_products_shown",
                    "live_session_steps",
                    "live_feedback",
                    "live_responses",
                    "live_latencies",
                    "live_guardrails",
                    "live_people");

    /// What is kept, and the view with the same figures of all days.
    private record Kept(String history, String view, String columns) {}

    private static final List<Kept> HISTORY =
            List.of(
                    new Kept(
                            "product_history",
                            "daily_products",
                            "tenant_id, product_id, viewed, shown"),
                    new Kept(
                            "funnel_history",
                            "daily_funnel",
                            "tenant_id, channel, sessions, viewed_product, added_to_cart,"
                                    + " started_checkout, purchased, negative, negative_escalated"),
                    new Kept(
                            "feedback_history",
                            "daily_feedback",
                            "tenant_id, intent, thumbs_up, thumbs_down"),
                    new Kept(
                            "response_history",
                            "daily_responses",
                            "tenant_id, flow, model_id, currency, responses, input_tokens,"
                                    + " output_tokens, cost"),
                    new Kept(
                            "latency_history",
                            "daily_latencies",
                            "tenant_id, model_id, latency_step, responses"),
                    new Kept(
                            "guardrail_history",
                            "daily_guardrails",
                            "tenant_id, rule_id, action, severity, fired"),
                    new Kept("people_history", "monthly_people", "tenant_id, section, people"));

    private final DataSource warehouse;

    public ReportTables(DataSource warehouse) {
        this.warehouse = warehouse;
    }

    /// The materialized views, in the order in which to refresh them.
    public static List<String> live() {
        return LIVE;
    }

    /// Brings one materialized view up to date. A transaction of its own.
    public void refresh(String view) {
        try (Connection connection = warehouse.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("REFRESH MATERIALIZED VIEW " + view);
        } catch (SQLException e) {
            throw SqlFailures.of(view, e);
        }
    }

    /// Days before this one are closed.
    public LocalDate horizon() {
        try (Connection connection = warehouse.getConnection();
                Statement statement = connection.createStatement()) {
            return horizon(statement);
        } catch (SQLException e) {
            throw SqlFailures.of("report_horizon", e);
        }
    }

    /// Writes the figures of the days before this one into history, all of them or none, once the
    /// views have been refreshed, and keeps loads out meanwhile. From then on the events of those
    /// days are not asked any more.
    ///
    /// @param before the first of a month, since people are counted by month
    /// @return whether days were closed: not if they were before
    public boolean close(LocalDate before) {
        if (before.getDayOfMonth() != 1) {
            throw new IllegalArgumentException("not the first of a month: " + before);
        }
        if (!horizon().isBefore(before)) {
            return false;
        }
        LIVE.forEach(this::refresh);
        try (Connection connection = warehouse.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("LOCK TABLE load_fence");
            LocalDate from = horizon(statement);
            boolean open = from.isBefore(before);
            if (open) {
                for (Kept kept : HISTORY) {
                    statement.execute(copy(kept, from, before));
                }
                statement.execute("UPDATE report_horizon SET closed_before = " + date(before));
            }
            connection.commit();
            return open;
        } catch (SQLException e) {
            throw SqlFailures.of("report_horizon", e);
        }
    }

    /// Forgets the figures of days before this one.
    ///
    /// @return how many rows
    public long forget(LocalDate before) {
        long rows = 0;
        for (Kept kept : HISTORY) {
            try (Connection connection = warehouse.getConnection();
                    Statement statement = connection.createStatement()) {
                rows +=
                        statement.executeUpdate(
                                "DELETE FROM %s WHERE day < %s"
                                        .formatted(kept.history(), date(before)));
            } catch (SQLException e) {
                throw SqlFailures.of(kept.history(), e);
            }
        }
        return rows;
    }

    private static String copy(Kept kept, LocalDate from, LocalDate before) {
        return "INSERT INTO %1$s (day, %2$s) SELECT day, %2$s FROM %3$s WHERE day >= %4$s AND day < %5$s"
                .formatted(kept.history(), kept.columns(), kept.view(), date(from), date(before));
    }

    private static LocalDate horizon(Statement statement) throws SQLException {
        try (ResultSet result =
                statement.executeQuery(
                        "SELECT CAST(MAX(closed_before) AS TIMESTAMP) FROM report_horizon")) {
            result.next();
            return LocalDate.ofInstant(WarehouseTime.of(result.getString(1)), ZoneOffset.UTC);
        }
    }

    private static String date(LocalDate day) {
        return "CAST('" + day + "' AS DATE)";
    }
}
