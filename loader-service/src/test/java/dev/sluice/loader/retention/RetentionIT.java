package dev.sluice.loader.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.loader.layout.Layouts;
import dev.sluice.loader.queue.LoadFile;
import dev.sluice.loader.queue.LoadTable;
import dev.sluice.loader.queue.MemoryLoadQueue;
import dev.sluice.loader.reports.KnownEvents;
import dev.sluice.loader.reports.Question;
import dev.sluice.loader.reports.ReportTables;
import dev.sluice.loader.warehouse.LocalWarehouse;
import dev.sluice.runtime.memory.EffectLog;
import dev.sluice.runtime.memory.MemoryObjectStore;
import dev.sluice.runtime.objects.ObjectSummary;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;

class RetentionIT {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    /// Events go before October, files before the 22nd of that month.
    private static final RetentionLimits LIMITS =
            new RetentionLimits(
                    Duration.ofDays(180),
                    Duration.ofDays(30),
                    Duration.ofDays(30),
                    Duration.ofDays(100),
                    2,
                    2);

    @TempDir static Path folder;

    static LocalWarehouse local;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private Instant written = NOW.minus(Duration.ofDays(2));
    private final MemoryObjectStore objects =
            new MemoryObjectStore("lake", () -> written, new EffectLog());
    private final MemoryLoadQueue queue = new MemoryLoadQueue();
    private KnownEvents known;
    private Retention retention;

    @BeforeAll
    static void start() {
        local = new LocalWarehouse(folder);
    }

    @AfterAll
    static void stop() {
        local.close();
    }

    @BeforeEach
    void empty() throws SQLException {
        local.empty();
        known = new KnownEvents(local);
        retention =
                new Retention(
                        local.dataSource, objects, queue, LIMITS, Duration.ofMinutes(10), meters);
    }

    @Test
    void oldEventsGoHourByHourOnceTheirFiguresAreKept() throws SQLException {
        fired("2026-09-01 10:00:00");
        fired("2026-09-01 10:59:59");
        fired("2026-09-15 08:00:00");
        fired("2026-09-30 23:59:59");
        fired("2026-10-01 00:00:00");
        known.addSession("s1", "2026-09-30 10:00:00", "search");

        assertThat(retention.turn(NOW, () -> true)).isEmpty();
        assertThat(local.query("SELECT event_ts FROM events ORDER BY 1"))
                .isEqualTo("2026-09-30 23:59:59\n2026-10-01 00:00:00");
        assertThat(deleted("events")).isEqualTo(3);
        assertThat(deleted("sessions")).isEqualTo(1);
        assertThat(new ReportTables(local.dataSource).horizon())
                .isEqualTo(LocalDate.parse("2026-10-01"));

        retention.turn(NOW, () -> true);
        assertThat(local.query("SELECT event_ts FROM events")).isEqualTo("2026-10-01 00:00:00");
        assertThat(
                        local.query(
                                "SELECT day, fired FROM daily_guardrails WHERE day < '2026-10-01' ORDER"
                                        + " BY 1"))
                .isEqualTo("2026-09-01|2\n2026-09-15|1\n2026-09-30|1");
    }

    @Test
    void aTurnThatIsCutOffGoesOnLater() throws SQLException {
        fired("2026-09-01 10:00:00");
        retention.turn(NOW, () -> false);
        assertThat(local.query("SELECT COUNT(*) FROM events")).isEqualTo("1");

        retention.turn(NOW, () -> true);
        assertThat(local.query("SELECT COUNT(*) FROM events")).isEqualTo("0");
        assertThat(local.query("SELECT fired FROM guardrail_history")).isEqualTo("1");
    }

    @Test
    void figuresGoWhenTheirOwnTimeIsOver() throws SQLException {
        fired("2026-08-13 10:00:00");
        fired("2026-08-12 10:00:00");
        retention.turn(NOW, () -> true);

        assertThat(local.query("SELECT day FROM guardrail_history")).isEqualTo("2026-08-13");
        assertThat(local.query(Question.GUARDRAILS.sql(LocalDate.parse("2026-08-14"), "acme")))
                .isEqualTo("unknown|0|1");
    }

    @Test
    void oldFilesGoAPartAtATimeAndThoseOfOpenMonthsStay() {
        for (String day : List.of("08-01", "09-01", "09-30", "10-01", "11-21")) {
            objects.write("curated/events/dt=2026-" + day + "/hour=10/a.parquet", new byte[1]);
        }
        objects.write("curated/events/README", new byte[1]);
        retention.turn(NOW, () -> true);
        assertThat(keys()).hasSize(4).contains("curated/events/dt=2026-09-30/hour=10/a.parquet");

        retention.turn(NOW, () -> true);
        assertThat(keys())
                .containsExactly(
                        "curated/events/README",
                        "curated/events/dt=2026-10-01/hour=10/a.parquet",
                        "curated/events/dt=2026-11-21/hour=10/a.parquet");
        assertThat(deleted("files")).isEqualTo(3);
    }

    @Test
    void aFileThatIsNotLoadedStaysHoweverOldItIs() {
        for (String name : List.of("blocked", "loaded", "waiting", "loaded-too")) {
            objects.write(file(name), new byte[1]);
        }
        LoadFile blocked = queued("blocked");
        queue.setAside(blocked, "no Parquet");
        queued("waiting");

        retention.turn(NOW, () -> true);
        assertThat(keys()).containsExactly(file("blocked"), file("waiting"));
        retention.turn(NOW.plus(Duration.ofDays(300)), () -> true);
        assertThat(keys()).containsExactly(file("blocked"), file("waiting"));

        queue.remove(List.of(blocked));
        retention.turn(NOW, () -> true);
        assertThat(keys()).containsExactly(file("waiting"));
    }

    @Test
    void aFileOfOldEventsThatWasJustWrittenStays() {
        written = NOW.minusSeconds(5);
        objects.write(file("late"), new byte[1]);
        retention.turn(NOW, () -> true);
        assertThat(keys()).containsExactly(file("late"));

        retention.turn(NOW.plus(Duration.ofDays(1)), () -> true);
        assertThat(keys()).isEmpty();
    }

    @Test
    void whatReadersFollowGoesBeforeTheFilesThatItNames() {
        List<String> hour =
                List.of(
                        "lake/events/athena/dt=2026-08-01/hour=10/symlink.txt",
                        "lake/events/files/dt=2026-08-01/hour=10/files.json",
                        "compacted/events/dt=2026-08-01/hour=10/a.parquet",
                        "curated/events/dt=2026-08-01/hour=10/a.parquet");
        hour.forEach(key -> objects.write(key, new byte[1]));

        retention.turn(NOW, () -> true);
        assertThat(hour.stream().filter(key -> objects.read(key).isPresent()))
                .containsExactlyElementsOf(hour.subList(2, 4));
        retention.turn(NOW, () -> true);
        assertThat(hour.stream().filter(key -> objects.read(key).isPresent())).isEmpty();
    }

    @Test
    void anArchiveThatNobodyClearsIsTold() {
        objects.write("raw/dt=2026-05-23/hour=10/s/1-2.slc", new byte[1]);
        assertThat(retention.turn(NOW, () -> true)).isEmpty();

        objects.write("raw/dt=2026-05-20/hour=10/s/1-2.slc", new byte[1]);
        assertThat(retention.turn(NOW, () -> true))
                .startsWith("objects of 2026-05-20 are still in the archive");
        assertThat(meters.get("sluice.retention.raw.overdue").gauge().value()).isEqualTo(3);
    }

    private static String file(String name) {
        return "curated/events/dt=2026-08-01/hour=10/" + name + ".parquet";
    }

    private LoadFile queued(String name) {
        Instant happened = Instant.parse("2026-08-01T10:00:00Z");
        LoadFile file =
                new LoadFile(
                        LoadTable.EVENTS,
                        file(name),
                        Layouts.BUNDLED,
                        1,
                        1,
                        happened,
                        happened,
                        happened,
                        happened,
                        happened);
        queue.add(file);
        return file;
    }

    private void fired(String at) throws SQLException {
        known.add(at, "guardrail_fired");
    }

    private double deleted(String what) {
        return meters.counter("sluice.retention.deleted", "what", what).count();
    }

    private List<String> keys() {
        try (Stream<ObjectSummary> all = objects.list("curated/")) {
            return all.map(ObjectSummary::key).toList();
        }
    }
}
