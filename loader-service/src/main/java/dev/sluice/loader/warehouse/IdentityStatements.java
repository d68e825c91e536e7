package dev.sluice.loader.warehouse;

import java.util.List;

/// The statements that bring links into `identities` and what they say into `identity_persons`.
final class IdentityStatements {

    /// How many aliases `current_identities` follows from one user to the next.
    static final int HOPS = 3;

    private static final String NEW = "identities_new";

    /// What the links of each id with a new one say together.
    private static final String RECKONED = "identities_reckoned";

    /// Persons that users had of their own and have no more.
    private static final String MOVED = "identities_moved";

    private static final String LINK =
            "tenant_id, id_kind, id, person_id, linked_at, event_id, shared";

    private static final String SAME_ID =
            "%1$s.tenant_id = %2$s.tenant_id AND %1$s.id_kind = %2$s.id_kind AND %1$s.id = %2$s.id";

    /// Links of one moment need an order too, the same whenever they come.
    private static final String NEWEST_FIRST =
            "i.linked_at DESC, CASE WHEN i.shared THEN 1 ELSE 0 END DESC, i.event_id DESC,"
                    + " i.person_id DESC";

    private IdentityStatements() {}

    /// @param names of the columns of staging
    static String findNew(String staging, String names) {
        return ("CREATE TEMP TABLE %1$s AS SELECT %2$s FROM (SELECT %2$s, ROW_NUMBER() OVER (PARTITION"
                        + " BY %3$s ORDER BY previous_person_id) AS nth FROM %4$s) AS s WHERE nth = 1")
                .formatted(NEW, names, LINK, staging);
    }

    static String removeKnown() {
        return ("DELETE FROM %1$s USING identities WHERE "
                        + SAME_ID.formatted("identities", NEW)
                        + " AND identities.person_id = %1$s.person_id AND identities.linked_at ="
                        + " %1$s.linked_at AND identities.event_id = %1$s.event_id AND"
                        + " identities.shared = %1$s.shared")
                .formatted(NEW);
    }

    static String countNew() {
        return "SELECT COUNT(*) FROM " + NEW;
    }

    /// Parameter 1 is `loaded_ts`.
    static String insert(String names) {
        return "INSERT INTO identities (%1$s, loaded_ts) SELECT %1$s, CAST(? AS TIMESTAMP) FROM %2$s"
                .formatted(names, NEW);
    }

    /// The last link of an id stands; a shared id belongs to the person that it had before any
    /// link.
    static String reckon() {
        String ofId = "OVER (PARTITION BY i.tenant_id, i.id_kind, i.id ORDER BY ";
        return "CREATE TEMP TABLE %s AS SELECT tenant_id, id_kind, id, own_person_id, CASE WHEN shared"
                        .formatted(RECKONED)
                + " THEN own_person_id ELSE person_id END AS person_id, shared, linked_at FROM (SELECT"
                + " i.tenant_id, i.id_kind, i.id, i.person_id, i.shared, i.linked_at, ROW_NUMBER() "
                + ofId
                + NEWEST_FIRST
                + ") AS nth, FIRST_VALUE(i.previous_person_id) "
                + ofId
                + "i.linked_at, i.event_id ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)"
                + " AS own_person_id FROM identities AS i JOIN (SELECT DISTINCT tenant_id, id_kind,"
                + " id FROM %s) AS n ON ".formatted(NEW)
                + SAME_ID.formatted("n", "i")
                + ") AS links WHERE nth = 1";
    }

    static String removeReckoned() {
        return "DELETE FROM identity_persons USING %s WHERE ".formatted(RECKONED)
                + SAME_ID.formatted("identity_persons", RECKONED);
    }

    /// Parameter 1 is `due_ts`.
    static String insertReckoned() {
        String names = "tenant_id, id_kind, id, own_person_id, person_id, shared, linked_at";
        return "INSERT INTO identity_persons (%1$s, due_ts) SELECT %1$s, CAST(? AS TIMESTAMP) FROM %2$s"
                .formatted(names, RECKONED);
    }

    static String findMoved() {
        return ("CREATE TEMP TABLE %s AS SELECT tenant_id, own_person_id FROM %s WHERE id_kind ="
                        + " 'user' AND own_person_id IS NOT NULL")
                .formatted(MOVED, RECKONED);
    }

    static String countMoved() {
        return "SELECT COUNT(*) FROM " + MOVED;
    }

    /// Users whose alias is one whose person has moved move with it.
    static String findMovedFurther() {
        return ("INSERT INTO %1$s SELECT DISTINCT p.tenant_id, p.own_person_id FROM identity_persons AS"
                        + " p JOIN %1$s AS m ON m.tenant_id = p.tenant_id AND m.own_person_id ="
                        + " p.person_id WHERE p.id_kind = 'user' AND p.own_person_id IS NOT NULL")
                .formatted(MOVED);
    }

    /// Ids linked to persons who have moved are due too. Parameter 1 is `due_ts`.
    static String markMoved() {
        return ("UPDATE identity_persons SET due_ts = CAST(? AS TIMESTAMP) WHERE EXISTS (SELECT 1 FROM"
                        + " %1$s AS m WHERE m.tenant_id = identity_persons.tenant_id AND"
                        + " m.own_person_id = identity_persons.person_id)")
                .formatted(MOVED);
    }

    static List<String> drop() {
        return List.of("DROP TABLE " + MOVED, "DROP TABLE " + RECKONED, "DROP TABLE " + NEW);
    }
}
