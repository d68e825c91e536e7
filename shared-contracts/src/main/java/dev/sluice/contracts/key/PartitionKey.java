package dev.sluice.contracts.key;

import dev.sluice.contracts.event.EventId;
import dev.sluice.contracts.event.TenantId;

import org.jspecify.annotations.Nullable;

/// The rule that keeps one device's events on one shard, in order.
public final class PartitionKey {

    private PartitionKey() {}

    /// The tenant and the first id there is: the device's, the user's, the session's, the event's.
    /// Empty ids count as absent.
    public static String of(
            TenantId tenant,
            @Nullable String anonymousId,
            @Nullable String userId,
            @Nullable String sessionId,
            EventId eventId) {
        return tenant.value() + '/' + first(anonymousId, userId, sessionId, eventId.value());
    }

    private static String first(
            @Nullable String anonymousId,
            @Nullable String userId,
            @Nullable String sessionId,
            String eventId) {
        if (anonymousId != null && !anonymousId.isEmpty()) {
            return anonymousId;
        }
        if (userId != null && !userId.isEmpty()) {
            return userId;
        }
        return sessionId != null && !sessionId.isEmpty() ? sessionId : eventId;
    }
}
