package dev.sluice.enricher.process.session;

import dev.sluice.contracts.derived.SessionChange;
import dev.sluice.runtime.state.StatePart;
import dev.sluice.runtime.stream.HashKey;
import dev.sluice.runtime.stream.HashRange;

import org.jspecify.annotations.Nullable;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// The sessions of a shard's devices. Its time is the latest receipt so far. What it
/// remembers and forgets follows from the events alone, so that the same events come into the same
/// sessions again.
///
/// Whenever that time passes a multiple of {@link SessionRules#reportEvery}, sessions that have
/// changed are reported, ended ones are closed and what is too old is forgotten. What events and
/// reports change is tentative until {@link #commit}.
public final class OpenSessions implements StatePart {

    /// About what a device takes, and a session besides; see `SessionsFootprint`.
    static final int BYTES_PER_DEVICE = 160;

    static final int BYTES_PER_SESSION = 560;

    private static final int FORMAT = 1;
    private static final long NEVER = 0;

    private final SessionRules rules;
    private final long inactivity;
    private final long watermark;
    private final long deviceMemory;
    private final long reportEvery;

    private final Map<HashKey, DeviceSessions> devices = new HashMap<>();
    private long clock = NEVER;
    private long reportedAt = NEVER;
    private long sessions;

    /// What devices had when the last commit was made, of those that have changed since.
    private final Map<HashKey, DeviceSessions> before = new HashMap<>();

    private long committedClock = NEVER;
    private long committedReportedAt = NEVER;
    private long evicted;

    private Set<HashKey> changed = new HashSet<>();
    private Set<HashKey> written = new HashSet<>();

    public OpenSessions(SessionRules rules) {
        this.rules = rules;
        inactivity = micros(rules.inactivity());
        watermark = micros(rules.watermark());
        deviceMemory = micros(rules.deviceMemory());
        reportEvery = micros(rules.reportEvery());
    }

    /// Time has come at least to this.
    ///
    /// @param reports is told of sessions that have changed, if a report is due
    public void advance(Instant time, Consumer<SessionChange> reports) {
        clock = Math.max(clock, ChronoUnit.MICROS.between(Instant.EPOCH, time));
        long due = Math.floorDiv(clock, reportEvery) * reportEvery;
        if (due > reportedAt) {
            reportedAt = due;
            report(reports);
        }
    }

    /// Finds the session of an event, or begins one.
    ///
    /// @param reports is told of a session that makes room for another
    /// @return with the event; null if it comes too late for a session of its own
    @Nullable Session place(HashKey device, Visit visit, Consumer<SessionChange> reports) {
        DeviceSessions known = devices.getOrDefault(device, DeviceSessions.NONE);
        Session session = known.find(visit, rules);
        if (session != null) {
            Session grown = session.with(visit, clock);
            put(device, known, known.go(grown, clock));
            return grown;
        }
        if (visit.at() + watermark < clock) {
            return null;
        }
        Session first = Session.of(SessionId.of(device, visit), known.count() + 1, visit, clock);
        if (known.isFull() && known.sessions().getFirst().changed()) {
            reports.accept(known.sessions().getFirst().change(true));
        }
        put(device, known, known.begin(first, clock));
        return first;
    }

    /// All that was made of the events so far is durable.
    ///
    /// @return how many devices had to be forgotten before their time, because there were too many
    public long commit() {
        changed.addAll(before.keySet());
        before.clear();
        committedClock = clock;
        committedReportedAt = reportedAt;
        long forgotten = evicted;
        evicted = 0;
        return forgotten;
    }

    /// Forgets what events changed since the last commit: they will come again.
    public void rollback() {
        before.forEach(this::set);
        before.clear();
        clock = committedClock;
        reportedAt = committedReportedAt;
        evicted = 0;
    }

    /// Sessions that an event may still come to, open and closed.
    public long sessions() {
        return sessions;
    }

    /// Devices that are remembered.
    public long devices() {
        return devices.size();
    }

    @Override
    public void writeAll(DataOutput out) throws IOException {
        write(out, devices.keySet());
    }

    @Override
    public void writeChanges(DataOutput out) throws IOException {
        written.addAll(changed);
        changed = new HashSet<>();
        write(out, written);
    }

    @Override
    public void kept() {
        written = new HashSet<>();
    }

    @Override
    public void read(DataInput in) throws IOException {
        inherit(in, HashRange.ALL);
        changed.clear();
    }

    @Override
    public void inherit(DataInput in, HashRange range) throws IOException {
        int format = in.readUnsignedByte();
        if (format != FORMAT) {
            throw new IOException("sessions of the unknown format " + format);
        }
        clock = Math.max(clock, in.readLong());
        reportedAt = Math.max(reportedAt, in.readLong());
        SessionFormat sessionFormat = new SessionFormat();
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            HashKey device = new HashKey(in.readLong(), in.readLong());
            DeviceSessions read = sessionFormat.read(in);
            if (range.contains(device)) {
                put(device, devices.getOrDefault(device, DeviceSessions.NONE), read);
            }
        }
        commit();
    }

    @Override
    public void clear() {
        devices.clear();
        before.clear();
        changed = new HashSet<>();
        written = new HashSet<>();
        sessions = 0;
        clock = NEVER;
        reportedAt = NEVER;
        committedClock = NEVER;
        committedReportedAt = NEVER;
        evicted = 0;
    }

    @Override
    public long bytes() {
        return (long) devices.size() * BYTES_PER_DEVICE + sessions * BYTES_PER_SESSION;
    }

    private void write(DataOutput out, Set<HashKey> which) throws IOException {
        if (!before.isEmpty()) {
            throw new IllegalStateException("sessions are written between two slices only");
        }
        out.writeByte(FORMAT);
        out.writeLong(committedClock);
        out.writeLong(committedReportedAt);
        out.writeInt(which.size());
        SessionFormat format = new SessionFormat();
        for (HashKey device : which) {
            out.writeLong(device.high());
            out.writeLong(device.low());
            format.write(devices.getOrDefault(device, DeviceSessions.NONE), out);
        }
    }

    private void report(Consumer<SessionChange> reports) {
        Iterator<Map.Entry<HashKey, DeviceSessions>> all = devices.entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<HashKey, DeviceSessions> entry = all.next();
            DeviceSessions device = entry.getValue();
            DeviceSessions left = reported(device, reports);
            if (left.sessions().isEmpty() && left.seenAt() + deviceMemory <= reportedAt) {
                before.putIfAbsent(entry.getKey(), device);
                sessions -= device.sessions().size();
                all.remove();
            } else if (left != device) {
                before.putIfAbsent(entry.getKey(), device);
                sessions += left.sessions().size() - device.sessions().size();
                entry.setValue(left);
            }
        }
        forgetOldest();
    }

    private DeviceSessions reported(DeviceSessions device, Consumer<SessionChange> reports) {
        if (device.sessions().isEmpty()) {
            return device;
        }
        List<Session> left = new ArrayList<>(device.sessions().size());
        boolean same = true;
        for (Session session : device.sessions()) {
            boolean ended = session.endsAt(inactivity) <= reportedAt;
            Session now = session;
            if (session.changed() || ended && !session.closed()) {
                reports.accept(session.change(ended));
                now = session.reported(ended);
            }
            if (!ended || session.touchedAt() + watermark + inactivity > reportedAt) {
                left.add(now);
            }
            same &= now == session;
        }
        return same && left.size() == device.sessions().size() ? device : device.keep(left);
    }

    /// An eighth at a time, so that not every report has to look for them.
    private void forgetOldest() {
        if (devices.size() <= rules.mostDevices()) {
            return;
        }
        int surplus = devices.size() - (rules.mostDevices() - rules.mostDevices() / 8);
        long oldest =
                devices.values().stream()
                        .mapToLong(DeviceSessions::seenAt)
                        .sorted()
                        .skip(surplus - 1L)
                        .findFirst()
                        .orElseThrow();
        for (Map.Entry<HashKey, DeviceSessions> entry : List.copyOf(devices.entrySet())) {
            if (entry.getValue().seenAt() <= oldest) {
                put(entry.getKey(), entry.getValue(), DeviceSessions.NONE);
                evicted++;
            }
        }
    }

    private void put(HashKey device, DeviceSessions old, DeviceSessions now) {
        before.putIfAbsent(device, old);
        set(device, now);
    }

    private void set(HashKey device, DeviceSessions now) {
        DeviceSessions old =
                now.equals(DeviceSessions.NONE) ? devices.remove(device) : devices.put(device, now);
        sessions += now.sessions().size() - (old == null ? 0 : old.sessions().size());
    }

    private static long micros(Duration duration) {
        return duration.toNanos() / 1000;
    }
}
