package dev.sluice.loader.quarantine;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What can be read in a refused event all the same: whose it is, and which SDK sent it. Other
/// vendors' SDKs write `userId` for `user_id`.
///
/// @param sdkName of `context.library`
record SentFacts(
        @Nullable String anonymousId,
        @Nullable String userId,
        @Nullable String sdkName,
        @Nullable String sdkVersion) {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final SentFacts NONE = new SentFacts(null, null, null, null);

    /// @param original whatever was sent
    static SentFacts of(byte[] original) {
        JsonNode event;
        try {
            event = JSON.readTree(original);
        } catch (JacksonException e) {
            return NONE;
        }
        JsonNode library = event.path("context").path("library");
        return new SentFacts(
                text(event, "anonymous_id", "anonymousId"),
                text(event, "user_id", "userId"),
                text(library, "name", "name"),
                text(library, "version", "version"));
    }

    private static @Nullable String text(JsonNode parent, String name, String foreignName) {
        JsonNode value = parent.path(name);
        JsonNode there = value.isMissingNode() ? parent.path(foreignName) : value;
        return there.isValueNode() && !there.isNull() ? there.asString() : null;
    }
}
