package dev.sluice.enricher.process.session;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/// Events of devices, minutes after nine.
final class Visits {

    static final Instant NINE = Instant.parse("2026-11-21T09:00:00Z");
    static final SessionRules RULES = rules(false, false, 1000);

    private Visits() {}

    static byte[] all(OpenSessions sessions) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        sessions.writeAll(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    static Visit visit(String eventId, double minute) {
        return visit(eventId, minute, null);
    }

    static Visit visit(String eventId, double minute, @Nullable String clientId) {
        return visit(eventId, minute, clientId, null);
    }

    static Visit visit(
            String eventId, double minute, @Nullable String clientId, @Nullable String campaign) {
        return new Visit(
                "shop",
                eventId,
                micros(minute),
                "device",
                null,
                null,
                clientId,
                false,
                false,
                null,
                null,
                new Visit.Traffic(null, null, null, campaign),
                null,
                null,
                false);
    }

    static long micros(double minute) {
        return NINE.toEpochMilli() * 1000 + Math.round(minute * 60_000_000);
    }

    static Instant time(double minute) {
        return NINE.plusNanos(Math.round(minute * 60_000_000_000L));
    }

    static SessionRules rules(boolean campaign, boolean midnight, int mostDevices) {
        return new SessionRules(
                Duration.ofMinutes(30),
                Duration.ofHours(2),
                Duration.ofHours(24),
                Duration.ofMinutes(1),
                Set.of("purchase"),
                campaign,
                midnight,
                mostDevices);
    }
}
