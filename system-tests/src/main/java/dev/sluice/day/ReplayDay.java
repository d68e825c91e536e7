package dev.sluice.day;

import dev.sluice.contracts.subject.SubjectSecret;
import dev.sluice.fleet.CommandProcess;
import dev.sluice.fleet.FleetBucket;
import dev.sluice.fleet.FleetConfig;
import dev.sluice.fleet.FleetEndpoints;
import dev.sluice.fleet.LocalFleet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// The whole of it, in order: an archive is filled and loaded by a first replay; under live traffic
/// it is replayed twice to the same table, and once to one that differs where an enrichment does.
public final class ReplayDay {

    private static final Duration TELL_EVERY = Duration.ofSeconds(10);
    private static final Duration LIVE_ALONE = Duration.ofSeconds(20);
    private static final Duration LIVE_DRAIN = Duration.ofSeconds(60);

    /// A process of its own, with all the machine has for it.
    private static final List<String> LIMITS = List.of("-Xmx1g");

    private final DayPlan plan;
    private final Consumer<String> out;
    private final DayReport report = new DayReport();
    private int replays;

    /// @param out is told of every step
    public ReplayDay(DayPlan plan, Consumer<String> out) {
        this.plan = plan;
        this.out = out;
    }

    /// @throws IllegalStateException if a replay fails; the message says where its log is
    public DayReport run() throws IOException, SQLException, InterruptedException {
        try (LocalFleet fleet = LocalFleet.start(FleetConfig.of(plan.data(), 0), out);
                DayTable day = DayTable.of(fleet.endpoints(), plan.from(), plan.to())) {
            long rows = fill(fleet.endpoints(), day);
            Instant began = Instant.now();
            try (LiveTraffic live =
                            LiveTraffic.start(fleet.endpoints(), plan.seed() + 1, plan.liveRate());
                    DayTable alive =
                            DayTable.of(fleet.endpoints(), began, began.plus(Duration.ofDays(1)))) {
                TimeUnit.NANOSECONDS.sleep(LIVE_ALONE.toNanos());
                report.fresh("before a replay", day.latency(began));
                replayTwice(day, rows);
                change(day, rows);
                settle(live, alive);
            }
        }
        report.figure("%,d MB on disk, all of it in %s", megabytes(), plan.data());
        return report;
    }

    /// @return the rows of the day
    private long fill(FleetEndpoints fleet, DayTable day)
            throws InterruptedException, SQLException {
        long started = System.nanoTime();
        DayArchive.Filled filled;
        try (FleetBucket bucket = FleetBucket.of(fleet)) {
            SubjectSecret secret = SubjectSecret.of(fleet.subjectSecret());
            filled = new DayArchive(plan, bucket.objects(), secret).fill(out);
        }
        report.figure(
                "%,d events of %s to %s archived in %.0f s",
                filled.events(), plan.from(), plan.to(), seconds(started));
        replay("first", 0, List.of());
        report.claim("every good event of the archive is a row", filled.good(), day.rows());
        report.claim("no event has two rows", 0, day.surplus());
        return filled.good();
    }

    private void replayTwice(DayTable day, long rows) throws InterruptedException, SQLException {
        Map<String, DayTable.Column> loaded = columns(day);
        replayLive("once more", day, List.of());
        Map<String, DayTable.Column> once = columns(day);
        replayLive("again", day, List.of());
        Map<String, DayTable.Column> twice = columns(day);
        report.figure("%,d rows in %d columns", day.rows(), twice.size());
        // Links between ids that the first load learned late are known to every later one.
        report.figure("not as first loaded: %s", DayReport.differing(loaded, once));
        report.same("replayed twice, the table is the same in every column", once, twice);
        report.claim("replays add no row", rows, day.rows());
    }

    private void change(DayTable day, long rows) throws InterruptedException, SQLException {
        Map<String, DayTable.Column> before = columns(day);
        replayLive("without traffic sources", day, List.of("sluice.enricher.off=traffic"));
        report.withoutTraffic(rows, before, columns(day));
    }

    private void replayLive(String how, DayTable day, List<String> settings)
            throws InterruptedException, SQLException {
        Instant began = Instant.now();
        replay(how, plan.replayRate(), settings);
        report.live("during the replay " + how, day.latency(began));
    }

    /// Returns when its files are loaded.
    private void replay(String how, long rate, List<String> settings) throws InterruptedException {
        List<String> words =
                new ArrayList<>(
                        List.of(
                                "replay",
                                "--data",
                                plan.data().toString(),
                                "--from",
                                plan.from().toString(),
                                "--to",
                                plan.to().toString(),
                                "--rate",
                                String.valueOf(rate),
                                "--tasks",
                                String.valueOf(plan.tasks())));
        settings.forEach(setting -> words.addAll(List.of("--setting", setting)));
        Path log = plan.data().resolve("logs/replay-day-%d.log".formatted(++replays));
        long started = System.nanoTime();
        out.accept("replaying " + how);
        try (CommandProcess process = CommandProcess.start(words, LIMITS, log)) {
            while (!process.await(TELL_EVERY)) {
                process.said().lines().reduce((_, last) -> last).ifPresent(out);
            }
            if (process.exitCode() != 0) {
                throw new IllegalStateException(process + " ended with " + process.exitCode());
            }
        }
        report.figure(
                "replayed %s in %.0f s, %,.0f events/s",
                how, seconds(started), plan.events() / seconds(started));
    }

    /// Live events are good ones, so each that was acknowledged is owed as a row.
    private void settle(LiveTraffic live, DayTable alive)
            throws InterruptedException, SQLException {
        long owed = live.stop();
        long deadline = System.nanoTime() + LIVE_DRAIN.toNanos();
        long rows = alive.rows();
        while (rows < owed && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(500);
            rows = alive.rows();
        }
        // What was stored though its sender was not told is a row as well.
        report.claim("every live event that was acknowledged is a row", owed, Math.min(owed, rows));
        report.claim("no live event has two rows", 0, alive.surplus());
    }

    private Map<String, DayTable.Column> columns(DayTable day) throws SQLException {
        long started = System.nanoTime();
        Map<String, DayTable.Column> columns = day.columns();
        out.accept("read %d columns in %.0f s".formatted(columns.size(), seconds(started)));
        return columns;
    }

    private long megabytes() throws IOException {
        try (Stream<Path> files = Files.walk(plan.data())) {
            return files.filter(Files::isRegularFile).mapToLong(ReplayDay::size).sum() >> 20;
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the size of " + file, e);
        }
    }

    private static double seconds(long started) {
        return (System.nanoTime() - started) / 1e9;
    }
}
