package dev.sluice.contracts.schema;

import java.util.Set;

/// What the keywords of JSON Schema 2020-12 are for.
public final class SchemaKeywords {

    private static final Set<String> REMARKS =
            Set.of(
                    "$schema",
                    "$id",
                    "$anchor",
                    "$comment",
                    "$defs",
                    "title",
                    "description",
                    "examples",
                    "default",
                    "deprecated",
                    "readOnly",
                    "writeOnly",
                    "x-owner",
                    "x-since");

    private SchemaKeywords() {}

    /// Whether a keyword says something to people and lets the same values through without it.
    public static boolean isRemark(String keyword) {
        return REMARKS.contains(keyword);
    }
}
