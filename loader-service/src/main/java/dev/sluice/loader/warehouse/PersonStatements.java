package dev.sluice.loader.warehouse;

/// The statements that give staged events the person that their ids belong to by now.
final class PersonStatements {

    private static final String PERSONS = "events_persons";

    private PersonStatements() {}

    /// Staged events with another person than `current_identities` says: few, for the enricher
    /// knows most links before the warehouse does.
    static String findStaged() {
        return "CREATE TEMP TABLE %s AS SELECT s.tenant_id, s.event_id, c.person_id FROM %s AS s JOIN"
                        .formatted(PERSONS, EventsStatements.STAGING)
                + " current_identities AS c ON c.tenant_id = s.tenant_id AND c.id = NVL(s.user_id,"
                + " s.anonymous_id) AND c.id_kind = CASE WHEN s.user_id IS NULL THEN 'anonymous'"
                + " ELSE 'user' END WHERE NVL(s.person_id, '') <> c.person_id";
    }

    static String countStaged() {
        return "SELECT COUNT(*) FROM " + PERSONS;
    }

    static String restateStaged() {
        return "UPDATE %1$s SET person_id = p.person_id FROM %2$s AS p WHERE %1$s.tenant_id = p.tenant_id AND %1$s.event_id = p.event_id"
                .formatted(EventsStatements.STAGING, PERSONS);
    }

    static String dropStaged() {
        return "DROP TABLE " + PERSONS;
    }
}
