package dev.sluice.enricher.process.session;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// What is remembered of one device.
///
/// @param count how many sessions it has had
/// @param seenAt the latest receipt at its last event, in microseconds since 1970
/// @param sessions those that an event may still come to, in the order in which they began
record DeviceSessions(int count, long seenAt, List<Session> sessions) {

    static final DeviceSessions NONE = new DeviceSessions(0, 0, List.of());

    /// A device may not grow without bound by making up ids of sessions.
    private static final int MOST_SESSIONS = 32;

    DeviceSessions {
        sessions = List.copyOf(sessions);
    }

    /// The session that an event belongs to: of its own id if it has one, else the one whose events
    /// are nearest.
    @Nullable Session find(Visit visit, SessionRules rules) {
        long inactivity = rules.inactivity().toNanos() / 1000;
        String clientId = visit.clientSessionId();
        Session nearest = null;
        for (Session session : sessions) {
            if (clientId != null) {
                if (clientId.equals(session.start().clientSessionId())) {
                    return session;
                }
            } else if (session.reaches(visit.at(), inactivity)
                    && continues(session, visit, rules)
                    && (nearest == null || distance(session, visit) < distance(nearest, visit))) {
                nearest = session;
            }
        }
        return nearest;
    }

    /// Whether the oldest session has to go before another can begin.
    boolean isFull() {
        return sessions.size() >= MOST_SESSIONS;
    }

    /// With one session more.
    DeviceSessions begin(Session session, long now) {
        List<Session> all = new ArrayList<>(sessions.subList(isFull() ? 1 : 0, sessions.size()));
        all.add(session);
        return new DeviceSessions(count + 1, now, all);
    }

    /// With a session that has one event more.
    DeviceSessions go(Session session, long now) {
        if (sessions.size() == 1) {
            return new DeviceSessions(count, now, List.of(session));
        }
        List<Session> all = new ArrayList<>(sessions);
        all.replaceAll(each -> each.id().equals(session.id()) ? session : each);
        return new DeviceSessions(count, now, all);
    }

    /// With the sessions that are left.
    DeviceSessions keep(List<Session> left) {
        return new DeviceSessions(count, seenAt, left);
    }

    private static long distance(Session session, Visit visit) {
        return visit.at() < session.startedAt()
                ? session.startedAt() - visit.at()
                : Math.max(0, visit.at() - session.lastAt());
    }

    private static boolean continues(Session session, Visit visit, SessionRules rules) {
        String campaign = visit.traffic().campaign();
        boolean sameCampaign =
                !rules.newOnCampaign()
                        || campaign == null
                        || campaign.equals(session.start().traffic().campaign());
        return sameCampaign
                && (!rules.newAtMidnight() || day(session.startedAt()) == day(visit.at()));
    }

    private static long day(long micros) {
        return Math.floorDiv(micros, 86_400_000_000L);
    }
}
