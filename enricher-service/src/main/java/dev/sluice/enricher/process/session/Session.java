package dev.sluice.enricher.process.session;

import dev.sluice.contracts.derived.SessionChange;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// A session of a device, as far as its events are known. Times are microseconds since 1970.
///
/// @param id unique within the tenant
/// @param start what its first event in the shard's order said
/// @param index the how manieth of the device, from 1
/// @param startedAt when the earliest event happened
/// @param lastAt when the latest one happened
/// @param touchedAt the latest receipt when an event came to it last
/// @param entry its earliest page; absent while it has none
/// @param exit its latest page
/// @param userId the last one that an event had
/// @param personId the last one that an event had
/// @param closed whether it was reported as ended
/// @param changed whether it has to be reported
record Session(
        String id,
        Start start,
        int index,
        long startedAt,
        long lastAt,
        long touchedAt,
        int events,
        int pages,
        int conversions,
        @Nullable Page entry,
        @Nullable Page exit,
        @Nullable String userId,
        @Nullable String personId,
        boolean closed,
        boolean changed) {

    /// What does not change any more.
    record Start(
            String tenantId,
            @Nullable String anonymousId,
            @Nullable String clientSessionId,
            Visit.Traffic traffic,
            @Nullable String deviceClass,
            @Nullable String country,
            boolean bot) {}

    /// @param at when it was viewed
    record Page(long at, @Nullable String address, @Nullable String referrer) {}

    static Session of(String id, int index, Visit visit, long now) {
        Start start =
                new Start(
                        visit.tenantId(),
                        visit.anonymousId(),
                        visit.clientSessionId(),
                        visit.traffic(),
                        visit.deviceClass(),
                        visit.country(),
                        visit.bot());
        return new Session(
                        id,
                        start,
                        index,
                        visit.at(),
                        visit.at(),
                        now,
                        0,
                        0,
                        0,
                        null,
                        null,
                        null,
                        null,
                        false,
                        true)
                .with(visit, now);
    }

    /// With one event more.
    Session with(Visit visit, long now) {
        Page page = visit.pageView() ? new Page(visit.at(), visit.page(), visit.referrer()) : null;
        return new Session(
                id,
                start,
                index,
                Math.min(startedAt, visit.at()),
                Math.max(lastAt, visit.at()),
                now,
                events + 1,
                pages + (page == null ? 0 : 1),
                conversions + (visit.conversion() ? 1 : 0),
                page != null && (entry == null || page.at < entry.at) ? page : entry,
                page != null && (exit == null || page.at >= exit.at) ? page : exit,
                visit.userId() == null ? userId : visit.userId(),
                visit.personId() == null ? personId : visit.personId(),
                false,
                true);
    }

    /// As it stands once it is reported.
    Session reported(boolean ended) {
        return new Session(
                id,
                start,
                index,
                startedAt,
                lastAt,
                touchedAt,
                events,
                pages,
                conversions,
                entry,
                exit,
                userId,
                personId,
                ended,
                false);
    }

    /// Whether an event at a time is near enough to belong to it.
    boolean reaches(long at, long inactivity) {
        return at >= startedAt - inactivity && at <= lastAt + inactivity;
    }

    /// Since when nothing more is expected: the events' own time, but a clock that is ahead does
    /// not keep it open.
    long endsAt(long inactivity) {
        return Math.min(lastAt, touchedAt) + inactivity;
    }

    /// @param ended whether nothing more is expected
    SessionChange change(boolean ended) {
        return new SessionChange(
                start.tenantId,
                id,
                2L * events + (ended ? 1 : 0),
                personId,
                start.anonymousId,
                userId,
                start.clientSessionId,
                index,
                time(startedAt),
                time(lastAt),
                events,
                pages,
                entry == null ? null : entry.address,
                exit == null ? null : exit.address,
                entry == null ? null : entry.referrer,
                start.traffic.channel(),
                start.traffic.source(),
                start.traffic.medium(),
                start.traffic.campaign(),
                start.deviceClass,
                start.country,
                start.bot,
                conversions,
                ended);
    }

    private static Instant time(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
