package dev.sluice.validator.process.body;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

/// What the bytes of a body turned out to be.
public sealed interface ParsedBody {

    /// A JSON object.
    record Event(JsonNode root) implements ParsedBody {

        /// The text of a field of the event itself; null when it is absent, null or no text.
        public @Nullable String text(String field) {
            return textOf(root.get(field));
        }

        private @Nullable String contextText(String field) {
            return textOf(root.path("context").get(field));
        }

        /// What later steps need.
        public BodyFacts facts() {
            return new BodyFacts(
                    text("event_ts"),
                    text("sent_ts"),
                    text("anonymous_id"),
                    text("user_id"),
                    text("session_id"),
                    contextText("ip"),
                    contextText("user_agent"));
        }

        private static @Nullable String textOf(@Nullable JsonNode value) {
            return value != null && value.isString() ? value.stringValue() : null;
        }
    }

    /// @param why names the rule and the byte offset, never the content
    record Unreadable(String why) implements ParsedBody {}
}
