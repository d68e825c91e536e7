package dev.sluice.local.redshift.sql;

import java.util.Map;
import java.util.Set;

/// What a translation may depend on besides the text.
///
/// @param relations catalog entries by the name the statement uses, normalised as
///     [Script#relations()] gives it; names that are no relation (common table expressions,
///     aliases) are absent
/// @param lastCopyCount rows loaded by the session's last COPY
/// @param typedParameters numbers of the parameters (`$1` is 1) that the client declared with a
///     type other than text
/// @param caseSensitiveIdentifiers `enable_case_sensitive_identifier`; when off, quoted names fold
///     to lower case too
public record SessionView(
        Map<String, Relation> relations,
        long lastCopyCount,
        Set<Integer> typedParameters,
        boolean caseSensitiveIdentifiers) {

    public SessionView {
        relations = Map.copyOf(relations);
        typedParameters = Set.copyOf(typedParameters);
    }
}
