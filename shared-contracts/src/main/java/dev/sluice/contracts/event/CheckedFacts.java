package dev.sluice.contracts.event;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// The envelope of an event as the validator accepted it; the third section.
///
/// @param eventType snake_case name of the contract that applies
/// @param originalType the sender's own name for it, when it was mapped
/// @param schemaVersion of the contract it was checked against
/// @param eventTs when it happened, corrected by the sender's clock skew
/// @param clientEventTs when it happened by the sender's clock
/// @param sentTs when it was sent by the sender's clock
/// @param ip the user's address as the sender named it, else the one the collector saw
public record CheckedFacts(
        String eventType,
        @Nullable String originalType,
        String schemaVersion,
        Instant eventTs,
        @Nullable Instant clientEventTs,
        @Nullable Instant sentTs,
        @Nullable String anonymousId,
        @Nullable String userId,
        @Nullable String sessionId,
        @Nullable String ip,
        @Nullable String userAgent) {

    public Bytes encode() {
        return SectionJson.write(
                json -> {
                    json.text("event_type", eventType);
                    json.text("original_type", originalType);
                    json.text("schema_version", schemaVersion);
                    json.time("event_ts", eventTs);
                    json.time("client_event_ts", clientEventTs);
                    json.time("sent_ts", sentTs);
                    json.text("anonymous_id", anonymousId);
                    json.text("user_id", userId);
                    json.text("session_id", sessionId);
                    json.text("ip", ip);
                    json.text("user_agent", userAgent);
                });
    }

    /// @throws IllegalArgumentException if the bytes are not checked facts
    public static CheckedFacts decode(Bytes section) {
        SectionJson.Fields json = SectionJson.read(EventSection.CHECKED, section);
        return new CheckedFacts(
                json.requireText("event_type"),
                json.text("original_type"),
                json.requireText("schema_version"),
                json.requireTime("event_ts"),
                json.time("client_event_ts"),
                json.time("sent_ts"),
                json.text("anonymous_id"),
                json.text("user_id"),
                json.text("session_id"),
                json.text("ip"),
                json.text("user_agent"));
    }
}
