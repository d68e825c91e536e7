package dev.sluice.loader.warehouse;

/// The statements that tell which staged rows are copies, and of which kind, and that note it in
/// `duplicate_receipts` and `load_counts`.
///
/// Of the copies of one event one receipt survives: that of the row in `events`, or else the first
/// that is staged. A copy with its `received_ts` is the row itself or a replay of it; any other is
/// a duplicate receipt, which changes nothing but the counts.
final class ReceiptStatements {

    private static final String STAGING = EventsStatements.STAGING;

    /// Events with a copy: staged more than once, or in `events` already, which then have the
    /// `event_ts` of their row. None in the usual case.
    static final String SURVIVORS = "events_survivors";

    /// Staged duplicate receipts that are not recorded yet.
    private static final String DUPLICATES = "events_duplicates";

    private static final String SAME_EVENT =
            "%1$s.tenant_id = %2$s.tenant_id AND %1$s.event_id = %2$s.event_id";

    private static final String MINUTE = "DATE_TRUNC('minute', %s.received_ts)";

    private static final String ADD_COUNTS =
            "INSERT INTO load_counts (batch_id, minute_ts, tenant_id, inserted_rows,"
                    + " duplicate_rows, released_rows) SELECT CAST(? AS VARCHAR(64)), minute_ts,"
                    + " tenant_id, SUM(inserted), SUM(duplicate), SUM(released) FROM (";

    private static final String RELEASED =
            " UNION ALL SELECT %s, m.tenant_id, 0, 0, 1 FROM %s AS m"
                    .formatted(MINUTE.formatted("m"), ReleaseStatements.MENDED);

    private static final String BY_MINUTE = ") AS entries GROUP BY minute_ts, tenant_id";

    /// @param times in which copies happened, if there are any
    String findSurvivors(TimeRange times) {
        return "CREATE TEMP TABLE %s AS SELECT s.tenant_id, s.event_id, NVL(MAX(e.received_ts),"
                        .formatted(SURVIVORS)
                + " MIN(s.received_ts)) AS first_received_ts, MAX(e.received_ts) IS NOT NULL AS"
                + " in_events, MAX(e.event_ts) AS event_ts FROM %s AS s LEFT JOIN events AS e ON "
                        .formatted(STAGING)
                + SAME_EVENT.formatted("e", "s")
                + " AND "
                + times.holds("e.event_ts")
                + " GROUP BY s.tenant_id, s.event_id HAVING COUNT(*) > 1 OR MAX(e.received_ts) IS"
                + " NOT NULL";
    }

    String countSurvivors() {
        return "SELECT COUNT(*) FROM " + SURVIVORS;
    }

    /// @param received when the staged rows were
    String findDuplicates(TimeRange received) {
        return "CREATE TEMP TABLE %s AS SELECT DISTINCT s.tenant_id, s.event_id, s.received_ts,"
                        .formatted(DUPLICATES)
                + " c.first_received_ts FROM %s AS s JOIN %s AS c ON ".formatted(STAGING, SURVIVORS)
                + SAME_EVENT.formatted("c", "s")
                + " LEFT JOIN duplicate_receipts AS d ON "
                + SAME_EVENT.formatted("d", "s")
                + " AND d.received_ts = s.received_ts AND "
                + received.holds("d.received_ts")
                + " WHERE s.received_ts <> c.first_received_ts"
                + " AND d.event_id IS NULL";
    }

    String countDuplicates() {
        return "SELECT COUNT(*) FROM " + DUPLICATES;
    }

    /// Parameter 1 is `loaded_ts`.
    String recordDuplicates() {
        return "INSERT INTO duplicate_receipts (tenant_id, event_id, received_ts, first_received_ts,"
                + " loaded_ts) SELECT tenant_id, event_id, received_ts, first_received_ts, CAST(? AS"
                + " TIMESTAMP) FROM "
                + DUPLICATES;
    }

    /// Leaves the surviving receipts in staging, each with its replays.
    String unstageDuplicates() {
        return "DELETE FROM %s USING %s WHERE ".formatted(STAGING, SURVIVORS)
                + SAME_EVENT.formatted(STAGING, SURVIVORS)
                + " AND %s.received_ts <> %s.first_received_ts".formatted(STAGING, SURVIVORS);
    }

    /// Staged events that `events` does not have; each must be staged once.
    String countNew() {
        return "SELECT COUNT(*)" + fromNew();
    }

    /// For a batch without copies: every staged row is new. Parameter 1 is the batch's id.
    String addCountsOfNew() {
        return ADD_COUNTS
                + "SELECT %s AS minute_ts, s.tenant_id, 1 AS inserted, 0 AS duplicate, 0 AS released FROM %s AS s"
                        .formatted(MINUTE.formatted("s"), STAGING)
                + RELEASED
                + BY_MINUTE;
    }

    /// For a batch with copies, when staging is as {@link #countNew} wants it. Parameter 1 is the
    /// batch's id.
    String addCounts() {
        return ADD_COUNTS
                + "SELECT %s AS minute_ts, s.tenant_id, 1 AS inserted, 0 AS duplicate, 0 AS released"
                        .formatted(MINUTE.formatted("s"))
                + fromNew()
                + " UNION ALL SELECT %s, d.tenant_id, 0, 1, 0 FROM %s AS d"
                        .formatted(MINUTE.formatted("d"), DUPLICATES)
                + RELEASED
                + BY_MINUTE;
    }

    String dropDuplicates() {
        return "DROP TABLE " + DUPLICATES;
    }

    String dropSurvivors() {
        return "DROP TABLE " + SURVIVORS;
    }

    /// What is staged, as `s`, and not in `events`.
    static String fromNew() {
        return " FROM %s AS s LEFT JOIN %s AS c ON ".formatted(STAGING, SURVIVORS)
                + SAME_EVENT.formatted("c", "s")
                + " AND c.in_events WHERE c.event_id IS NULL";
    }
}
