package dev.sluice.enricher.process.domain;

import tools.jackson.core.JsonPointer;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// A field that a rule names: `/properties/order_id`, `/context/page/url`, `/envelope/event_id`,
/// `/enrichment/session/id`, `/session/revision`.
///
/// @param root the part that it starts at
/// @param pointer the whole of it
record FieldPath(Root root, JsonPointer pointer) {

    /// What a field can be a part of.
    enum Root {
        /// The event's own, typed by the contract of its type.
        PROPERTIES,
        /// Page, app, campaign and so on, typed by the contract of the envelope.
        CONTEXT,
        /// Receipt and checked facts.
        ENVELOPE,
        /// The enrichment section.
        ENRICHMENT,
        /// A change of a session.
        SESSION
    }

    /// @throws IllegalArgumentException that says what is wrong
    static FieldPath of(String text) {
        JsonPointer pointer = JsonPointer.compile(text);
        for (Root root : Root.values()) {
            if (word(root).equals(pointer.getMatchingProperty()) && !pointer.tail().matches()) {
                return new FieldPath(root, pointer);
            }
        }
        throw new IllegalArgumentException(
                "field %s does not start with one of %s"
                        .formatted(
                                text,
                                Arrays.stream(Root.values())
                                        .map(root -> "/" + word(root) + "/")
                                        .collect(Collectors.joining(", "))));
    }

    /// What is left of it below its root.
    JsonPointer rest() {
        return pointer.tail();
    }

    /// What it is called in a detail: its names below the root, by underscores.
    String name() {
        return rest().toString().substring(1).replace('/', '_');
    }

    private static String word(Root root) {
        return root.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return pointer.toString();
    }
}
