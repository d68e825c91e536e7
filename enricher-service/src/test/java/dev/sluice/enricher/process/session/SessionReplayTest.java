package dev.sluice.enricher.process.session;

import static dev.sluice.enricher.process.session.Visits.RULES;
import static dev.sluice.enricher.process.session.Visits.all;
import static dev.sluice.enricher.process.session.Visits.time;
import static dev.sluice.enricher.process.session.Visits.visit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contracts.derived.SessionChange;
import dev.sluice.runtime.stream.HashKey;
import dev.sluice.runtime.stream.HashRange;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;

/// Sessions follow from events alone.
class SessionReplayTest {

    private final List<SessionChange> reports = new ArrayList<>();
    private OpenSessions sessions = new OpenSessions(RULES);

    /// Whatever is written, restored, taken back or cut in two on the way, a day of events comes
    /// into the same sessions.
    @Test
    void comesIntoTheSameSessionsAcrossSnapshotsRollbacksAndASplit() throws IOException {
        List<String> plain = day(new Random(7), null);
        for (int seed = 0; seed < 5; seed++) {
            sessions = new OpenSessions(RULES);
            assertThat(day(new Random(7), new Random(seed))).isEqualTo(plain);
        }
    }

    private List<String> day(Random events, @Nullable Random trouble) throws IOException {
        List<String> placed = new ArrayList<>();
        OpenSessions upper = null;
        byte[] base = null;
        List<byte[]> changes = new ArrayList<>();
        HashKey middle = new HashKey(Long.MIN_VALUE, 0);
        double arrival = 0;
        for (int i = 0; i < 6000; i++) {
            arrival += events.nextDouble() * 0.5;
            String device = "d" + events.nextInt(40);
            double delay = events.nextInt(10) == 0 ? events.nextInt(200) : 0;
            String client = events.nextInt(4) == 0 ? "s" + events.nextInt(3) : null;
            Visit visit = visit("e" + i, arrival - delay, client);
            HashKey key = HashKey.of("shop/" + device);
            OpenSessions of = upper != null && key.compareTo(middle) >= 0 ? upper : sessions;
            if (trouble != null && trouble.nextInt(5) == 0) {
                of.advance(time(arrival + trouble.nextInt(100)), reports::add);
                of.place(key, visit("x", arrival), reports::add);
                of.rollback();
            }
            of.advance(time(arrival), reports::add);
            Session session = of.place(key, visit, reports::add);
            of.commit();
            placed.add(
                    session == null
                            ? "none"
                            : session.id() + " " + session.index() + " " + session.events());
            if (trouble == null || upper != null) {
                continue;
            }
            if (base == null || trouble.nextInt(300) == 0) {
                base = all(sessions);
                changes.clear();
                sessions.kept();
            } else if (trouble.nextInt(100) == 0) {
                changes.add(changes(sessions));
                if (trouble.nextBoolean()) {
                    sessions.kept();
                    OpenSessions restored = new OpenSessions(RULES);
                    restore(restored, base, changes, HashRange.ALL);
                    sessions = restored;
                } else {
                    changes.removeLast();
                }
            } else if (i > 3000 && trouble.nextInt(100) == 0) {
                byte[] end = all(sessions);
                upper = new OpenSessions(RULES);
                restore(upper, end, List.of(), new HashRange(middle, HashKey.MAX));
                sessions = new OpenSessions(RULES);
                HashKey last = Objects.requireNonNull(middle.previous());
                restore(sessions, end, List.of(), new HashRange(HashKey.MIN, last));
            }
        }
        return placed;
    }

    private static void restore(
            OpenSessions into, byte[] base, List<byte[]> changes, HashRange range)
            throws IOException {
        List<byte[]> parts = new ArrayList<>(List.of(base));
        parts.addAll(changes);
        for (byte[] part : parts) {
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(part));
            if (range.equals(HashRange.ALL)) {
                into.read(in);
            } else {
                into.inherit(in, range);
            }
        }
    }

    private static byte[] changes(OpenSessions sessions) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        sessions.writeChanges(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }
}
