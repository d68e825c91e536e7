package dev.sluice.collector.process.body;

import org.jspecify.annotations.Nullable;

/// What a protocol finds in the root value of a body.
///
/// @param events one event, or an array of them; null if there is none
/// @param mapping what makes each of them canonical
/// @param writeKey if the protocol carries it in the body
public record ForeignBody(
        @Nullable JsonValue events, EventMapping<JsonObject> mapping, @Nullable String writeKey) {

    /// Finds the events in the root value of a body.
    @FunctionalInterface
    public interface Layout {
        ForeignBody of(JsonValue root);
    }
}
