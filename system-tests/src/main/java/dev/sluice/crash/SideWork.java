package dev.sluice.crash;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What else works on the same events while a fleet is killed: replays of all that came since the
/// run began, and compactions of the hour under way.
final class SideWork implements AutoCloseable {

    /// Loaders that list and compact at once, and let replaced files go soon.
    static final Map<String, String> EAGER =
            Map.of(
                    "sluice.loader.compact.list-interval", "1s",
                    "sluice.loader.compact.interval", "3s",
                    "sluice.loader.compact.settle", "0s",
                    "sluice.loader.compact.late-wait", "5s",
                    "sluice.loader.compact.grace", "20s",
                    "sluice.loader.compact.memory", "8MB");

    private static final Duration BETWEEN_REPLAYS = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /// A stream's clock may be off when its first records arrive.
    private static final Duration MARGIN = Duration.ofMinutes(1);

    private static final Duration INTO_THE_LAST = Duration.ofSeconds(1);

    private final Path data;
    private final Deeds deeds;
    private final Instant from = Instant.now().minus(MARGIN);
    private final ReplayOrders replays;
    private final CompactOrders compactions;
    private final Map<String, Beside> works = new LinkedHashMap<>();
    private final List<String> unfinished = new ArrayList<>();

    /// @param data the fleet's folder
    SideWork(Path data, Deeds deeds) {
        this.data = data;
        this.deeds = deeds;
        this.replays = ReplayOrders.again(data, from, BETWEEN_REPLAYS);
        this.compactions = new CompactOrders(data);
        works.put("replay", beside("replay", replays));
        works.put("compaction", beside("compaction", compactions));
    }

    /// Who can be killed.
    static List<String> names() {
        return List.of("replay", "compaction");
    }

    void start() {
        works.values().forEach(Beside::start);
    }

    /// @throws IllegalArgumentException if there is no such work
    void kill(CrashAction.KillBeside kill) {
        Beside work = works.get(kill.work());
        if (work == null) {
            throw new IllegalArgumentException("there is no " + kill.work() + " beside the fleet");
        }
        work.killAfter(kill.after());
    }

    /// Returns when what was begun is done.
    void finish() throws InterruptedException {
        for (Map.Entry<String, Beside> work : works.entrySet()) {
            if (!work.getValue().finish(PATIENCE)) {
                unfinished.add("a " + work.getKey() + " is not done after " + PATIENCE);
            }
        }
        deeds.add("replays and compactions have ended");
    }

    /// Everything once more, killed once; returns when it is done.
    ///
    /// @return the replay's id; that of none if it was not finished
    String replayAll() throws InterruptedException {
        ReplayOrders last = ReplayOrders.once(data, from);
        try (Beside replay = beside("last-replay", last)) {
            replay.killAfter(INTO_THE_LAST);
            replay.start();
            var _ = replay.finish(PATIENCE);
        }
        if (last.finished().isEmpty()) {
            unfinished.add("the last replay is not done after " + PATIENCE);
            return "none";
        }
        return last.finished().getLast();
    }

    /// @param rows of events, all of them
    /// @param last what the last replay did to them
    List<Finding> findings(long rows, Rows.Replayed last) {
        List<String> wrong = new ArrayList<>();
        if (last.restated() != rows) {
            wrong.add("%,d of %,d rows were restated".formatted(last.restated(), rows));
        }
        if (last.others() > 0) {
            wrong.add("%,d rows of the replay were none that was there".formatted(last.others()));
        }
        return List.of(
                Finding.of("every replay was finished", unfinished),
                Finding.of("a replay of everything restates every row, and adds none", wrong));
    }

    String note() {
        return "%d replays of everything, resumed %d times after %d kills; %d compactions of the hour under way, %d killed"
                .formatted(
                        replays.finished().size(),
                        replays.resumed(),
                        kills("replay"),
                        compactions.done(),
                        kills("compaction"));
    }

    @Override
    public void close() {
        works.values().forEach(Beside::close);
    }

    private int kills(String work) {
        Beside beside = works.get(work);
        return beside == null ? 0 : beside.kills();
    }

    private Beside beside(String name, Beside.Orders orders) {
        return new Beside(name, orders, data.resolve("logs/beside"), deeds);
    }
}
