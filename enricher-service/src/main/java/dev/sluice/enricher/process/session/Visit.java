package dev.sluice.enricher.process.session;

import org.jspecify.annotations.Nullable;

/// What one event says about its session. Texts are as the enrichments before found them.
///
/// @param at when it happened, in microseconds since 1970
/// @param page address of a page view; absent for any other event
/// @param referrer of a page view
/// @param clientSessionId the SDK's own id of the session
record Visit(
        String tenantId,
        String eventId,
        long at,
        @Nullable String anonymousId,
        @Nullable String userId,
        @Nullable String personId,
        @Nullable String clientSessionId,
        boolean pageView,
        boolean conversion,
        @Nullable String page,
        @Nullable String referrer,
        Traffic traffic,
        @Nullable String deviceClass,
        @Nullable String country,
        boolean bot) {

    /// Where it came from.
    record Traffic(
            @Nullable String channel,
            @Nullable String source,
            @Nullable String medium,
            @Nullable String campaign) {

        static final Traffic UNKNOWN = new Traffic(null, null, null, null);
    }
}
