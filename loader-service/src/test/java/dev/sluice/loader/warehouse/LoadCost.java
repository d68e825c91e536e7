package dev.sluice.loader.warehouse;

import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.loader.Fixtures;
import dev.sluice.loader.layout.Layouts;
import dev.sluice.loader.queue.LoadFile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// What a load costs while `events` grows by a million rows a day: with copies looked for in the
/// default margin, and in the whole table. CPU is that of this process and of the stand-in's, so it
/// does not depend on what else runs. A folder with rows is gone on with.
///
/// `java -cp <test class path> dev.sluice.loader.warehouse.LoadCost <folder> 1 10 30`
final class LoadCost {

    private static final int BATCH = 20_000;
    private static final int ROUNDS = 3;
    private static final Duration EVERYTHING = Duration.ofDays(36_500);
    private static final Instant TODAY = Fixtures.RECEIVED;

    private final LocalWarehouse local;
    private final String folder;
    private final String run = Long.toString(System.currentTimeMillis(), 36);
    private int batches;
    private int days;

    private LoadCost(LocalWarehouse local, String folder) throws SQLException {
        this.local = local;
        this.folder = folder;
        String filled =
                local.query("SELECT COUNT(*) / 1000000 FROM events WHERE event_type = 'page_view'");
        this.days = Integer.parseInt(filled);
    }

    /// Of one load.
    private record Cost(double seconds, double cpu) {}

    public static void main(String[] arguments) throws SQLException, IOException {
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        try (LocalWarehouse local = new LocalWarehouse(folder)) {
            LoadCost cost =
                    new LoadCost(local, folder.resolve("redshift").toAbsolutePath().toString());
            cost.time(LocalWarehouse.COPY_MARGIN, 0);
            for (String millions : Arrays.asList(arguments).subList(1, arguments.length)) {
                cost.grow(Integer.parseInt(millions));
                cost.print(LocalWarehouse.COPY_MARGIN, 0, ROUNDS);
                cost.print(LocalWarehouse.COPY_MARGIN, BATCH / 20, ROUNDS);
                cost.print(EVERYTHING, 0, 1);
            }
        }
    }

    private void print(Duration margin, int replays, int rounds) throws SQLException {
        List<Cost> costs = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            costs.add(time(margin, replays));
        }
        costs.sort(Comparator.comparingDouble(Cost::cpu));
        Cost median = costs.get(rounds / 2);
        System.out.printf(
                Locale.ROOT,
                "%d million rows, margin %d h: %.2f s, %.2f s of CPU for %d events, %d of them replays%n",
                days,
                margin.toHours(),
                median.seconds(),
                median.cpu(),
                BATCH,
                replays);
    }

    /// Takes one load.
    ///
    /// @param replays of rows that an earlier load brought
    private Cost time(Duration margin, int replays) throws SQLException {
        SectionedEvent[] events = new SectionedEvent[BATCH];
        for (int i = 0; i < BATCH; i++) {
            int batch = i < replays ? 0 : batches;
            events[i] =
                    Fixtures.search(
                            "acme", run + "-" + batch + "-" + i, TODAY.plusNanos((i + 1) * 1000L));
        }
        String id = run + "-" + batches++;
        LoadFile file = local.publish("curated/" + id + ".parquet", events);
        RedshiftWarehouse warehouse =
                new RedshiftWarehouse(
                        local.dataSource,
                        new Layouts(local.objects),
                        "default",
                        margin,
                        Clock.systemUTC());
        LoadBatch load = local.batch(id, 1, file);
        double cpu = cpu(folder);
        long before = System.nanoTime();
        LoadOutcome outcome = warehouse.load(load);
        double seconds = (System.nanoTime() - before) / 1e9;
        if (!outcome.equals(new LoadOutcome.Loaded(BATCH, BATCH - replays, 0, replays))) {
            throw new AssertionError(outcome);
        }
        return new Cost(seconds, cpu(folder) - cpu);
    }

    /// Seconds, of this process and of those of PostgreSQL.
    ///
    /// @param folder of the stand-in, which its processes have in their command lines
    static double cpu(String folder) {
        ProcessHandle own = ProcessHandle.current();
        Stream<ProcessHandle> server =
                ProcessHandle.allProcesses()
                        .filter(each -> each.info().commandLine().orElse("").contains(folder))
                        .filter(each -> !each.equals(own))
                        .flatMap(each -> Stream.concat(Stream.of(each), each.descendants()));
        return Stream.concat(Stream.of(own), server)
                        .flatMap(each -> each.info().totalCpuDuration().stream())
                        .mapToLong(Duration::toMillis)
                        .sum()
                / 1000.0;
    }

    /// A million rows for each day before today until there are so many.
    private void grow(int millions) throws SQLException {
        try (Connection connection = local.dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            for (; days < millions; days++) {
                Instant day = TODAY.minus(Duration.ofDays(days + 1));
                statement.execute(
                        ("INSERT INTO events (event_id, tenant_id, source_id, received_ts, event_type,"
                                        + " schema_version, event_ts, person_id) SELECT MD5('%1$s' || CAST(i AS"
                                        + " VARCHAR(12))), 'acme', 'web', t, 'page_view', '1-0-0', t,"
                                        + " 'p-' || CAST(i AS VARCHAR(12)) FROM (SELECT i, CAST('%1$s' AS"
                                        + " TIMESTAMP) + i * INTERVAL '86 milliseconds' AS t FROM"
                                        + " GENERATE_SERIES(1, 1000000) AS s(i)) AS rows")
                                .formatted(WarehouseTime.text(day)));
            }
        }
    }
}
