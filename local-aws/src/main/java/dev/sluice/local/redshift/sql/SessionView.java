package dev.sluice.local.redshift.sql;

import java.util.Map;

/// What a translation may depend on besides the text.
///
/// @param relations catalog entries by the name the statement uses, normalised as
// [Script#relations()] gives it; names
///     that are no relation (common table expressions, aliases) are absent
/// @param inTransaction whether an explicit transaction block is open
/// @param lastCopyCount rows loaded by the session's last COPY
/// @param caseSensitiveIdentifiers `enable_case_sensitive_identifier`; when off, quoted names fold
// to lower case too
public record SessionView(
        Map<String, Relation> relations,
        boolean inTransaction,
        long lastCopyCount,
        boolean caseSensitiveIdentifiers) {

    public SessionView {
        relations = Map.copyOf(relations);
    }
}
