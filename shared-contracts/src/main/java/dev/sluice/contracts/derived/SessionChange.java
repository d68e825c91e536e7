package dev.sluice.contracts.derived;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// A session as it stands after so many events: a row of `sessions`, which takes the place of every
/// earlier one of the same session.
///
/// @param sessionId unique within the tenant
/// @param revision grows with every change of the session; of two the higher one stands
/// @param anonymousId of the device, if it has one
/// @param userId the last one that an event of the session had
/// @param clientSessionId the SDK's own id of the session, if it gave one
/// @param sessionIndex the how manieth session of the device, from 1
/// @param startedAt when its first event happened
/// @param endedAt when its last event so far happened
/// @param events how many
/// @param pages how many of them were page views
/// @param entryPage address of its first page, without query; absent when it had none
/// @param exitPage address of its last page
/// @param referrer from where its first page was reached
/// @param conversions how many of its events are conversions
/// @param closed whether no further event is expected; a late one opens it again
public record SessionChange(
        String tenantId,
        String sessionId,
        long revision,
        @Nullable String personId,
        @Nullable String anonymousId,
        @Nullable String userId,
        @Nullable String clientSessionId,
        int sessionIndex,
        Instant startedAt,
        Instant endedAt,
        int events,
        int pages,
        @Nullable String entryPage,
        @Nullable String exitPage,
        @Nullable String referrer,
        @Nullable String channel,
        @Nullable String source,
        @Nullable String medium,
        @Nullable String campaign,
        @Nullable String deviceClass,
        @Nullable String country,
        boolean bot,
        int conversions,
        boolean closed)
        implements Derived {}
