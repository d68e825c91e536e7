package dev.sluice.loader.warehouse;

import dev.sluice.loader.quarantine.QuarantineRows;

/// The statements by which records leave `quarantined_events` for `quarantine_releases`. Which they
/// are is told by the receipt: an event that is sent again has the one it had.
final class ReleaseStatements {

    /// Records whose events are staged for `events`.
    static final String MENDED = "quarantined_mended";

    /// Records whose events are staged for the quarantine once more.
    static final String SUPERSEDED = "quarantined_superseded";

    /// Staged records whose events are in `events` already.
    static final String KNOWN = "quarantined_known";

    /// Staged records whose events are staged for the quarantine by another record too.
    static final String REPEATED = "quarantined_repeated";

    /// Staged records of persons who were erased.
    static final String SUPPRESSED = "quarantined_suppressed";

    private static final String SAME_RECEIPT =
            "%1$s.tenant_id = %2$s.tenant_id AND %1$s.event_id = %2$s.event_id AND"
                    + " %1$s.received_ts = %2$s.received_ts";

    private ReleaseStatements() {}

    static String findMended() {
        return find(MENDED, "quarantined_events", EventsStatements.STAGING);
    }

    static String findSuperseded() {
        return find(SUPERSEDED, "quarantined_events", StagedRefusals.STAGING);
    }

    /// @param received when the staged records were, and so the events
    static String findKnown(TimeRange received) {
        return find(KNOWN, StagedRefusals.STAGING, "events")
                + " AND "
                + received.holds("o.received_ts");
    }

    /// Of records of one receipt all but one; follows [#findKnown].
    static String findRepeated() {
        return find(REPEATED, StagedRefusals.STAGING, StagedRefusals.STAGING)
                + " AND q.quarantine_id < o.quarantine_id WHERE q.quarantine_id NOT IN (SELECT"
                + " quarantine_id FROM %s)".formatted(KNOWN);
    }

    /// A record that is staged with and without its content, since its person was erased between,
    /// is suppressed. Its event's id stays behind.
    static String findSuppressed() {
        return ("CREATE TEMP TABLE %s AS SELECT quarantine_id, tenant_id, CAST(NULL AS VARCHAR(64))"
                        + " AS event_id, MIN(received_ts) AS received_ts FROM %s WHERE object_key ="
                        + " '%s' GROUP BY quarantine_id, tenant_id")
                .formatted(SUPPRESSED, StagedRefusals.STAGING, QuarantineRows.NO_OBJECT);
    }

    /// Takes out of staging what is suppressed but was staged with its content too.
    static String removeContent() {
        return remove(SUPPRESSED, StagedRefusals.STAGING)
                + " AND object_key <> '%s'".formatted(QuarantineRows.NO_OBJECT);
    }

    static String count(String found) {
        return "SELECT COUNT(*) FROM " + found;
    }

    /// Parameter 1 is `loaded_ts`.
    ///
    /// @param as `loaded`, `refused_again` or `suppressed`
    static String add(String found, String as) {
        return ("INSERT INTO quarantine_releases (quarantine_id, tenant_id, event_id, received_ts,"
                        + " released_as, loaded_ts) SELECT quarantine_id, tenant_id, event_id,"
                        + " received_ts, '%s', CAST(? AS TIMESTAMP) FROM %s")
                .formatted(as, found);
    }

    /// Takes what was found out of a table.
    static String remove(String found, String table) {
        return "DELETE FROM %1$s USING %2$s AS f WHERE %1$s.quarantine_id = f.quarantine_id"
                .formatted(table, found);
    }

    static String drop(String found) {
        return "DROP TABLE " + found;
    }

    private static String find(String found, String quarantined, String others) {
        return ("CREATE TEMP TABLE %s AS SELECT DISTINCT q.quarantine_id, q.tenant_id, q.event_id,"
                                + " q.received_ts FROM %s AS q JOIN %s AS o ON ")
                        .formatted(found, quarantined, others)
                + SAME_RECEIPT.formatted("q", "o");
    }
}
