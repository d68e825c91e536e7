package dev.sluice.enricher.process.domain;

import java.util.List;
import java.util.Optional;

/// What is wrong with one rule, added to what is wrong with others.
///
/// @param rule how messages call it
record Problems(String rule, List<String> all) {

    void add(String problem) {
        all.add(rule + ": " + problem);
    }

    /// A field that the rule names; empty, and noted, if it can have none of that name.
    Optional<FieldPath> field(String text, boolean ofSession) {
        try {
            FieldPath field = FieldPath.of(text);
            if ((field.root() == FieldPath.Root.SESSION) == ofSession) {
                return Optional.of(field);
            }
            add("field %s is not of %s".formatted(field, ofSession ? "a session" : "an event"));
        } catch (IllegalArgumentException e) {
            add(String.valueOf(e.getMessage()));
        }
        return Optional.empty();
    }
}
