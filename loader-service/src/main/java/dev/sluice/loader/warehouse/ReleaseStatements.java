package dev.sluice.loader.warehouse;

/// The statements by which records leave `quarantined_events` for `quarantine_releases`. Which they
/// are is told by the receipt: an event that is sent again has the one it had.
final class ReleaseStatements {

    /// Records whose events are staged for `events`.
    static final String MENDED = "quarantined_mended";

    /// Records whose events are staged for the quarantine once more.
    static final String SUPERSEDED = "quarantined_superseded";

    /// Staged records whose events are in `events` already.
    static final String KNOWN = "quarantined_known";

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

    static String findKnown() {
        return find(KNOWN, StagedRefusals.STAGING, "events");
    }

    static String count(String found) {
        return "SELECT COUNT(*) FROM " + found;
    }

    /// Parameter 1 is `loaded_ts`.
    ///
    /// @param as `loaded` or `refused_again`
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
