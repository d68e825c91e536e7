package dev.sluice.validator.process.body;

import org.jspecify.annotations.Nullable;

/// What later steps need of a body, as the sender gave it; null where it is absent or no text.
///
/// @param ip of `context`
/// @param userAgent of `context`
public record BodyFacts(
        @Nullable String eventTs,
        @Nullable String sentTs,
        @Nullable String anonymousId,
        @Nullable String userId,
        @Nullable String sessionId,
        @Nullable String ip,
        @Nullable String userAgent) {}
