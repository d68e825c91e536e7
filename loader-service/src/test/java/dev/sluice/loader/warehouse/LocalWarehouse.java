package dev.sluice.loader.warehouse;

import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.contracts.rejection.QuarantineRecord;
import dev.sluice.contracts.table.EventsTable;
import dev.sluice.loader.Fixtures;
import dev.sluice.loader.derived.DerivedTable;
import dev.sluice.loader.layout.FileLayout;
import dev.sluice.loader.layout.Layouts;
import dev.sluice.loader.parquet.RowFile;
import dev.sluice.loader.process.MappedEvent;
import dev.sluice.loader.process.Row;
import dev.sluice.loader.process.RowMapper;
import dev.sluice.loader.quarantine.QuarantineRows;
import dev.sluice.loader.queue.LoadFile;
import dev.sluice.loader.queue.LoadTable;
import dev.sluice.local.redshift.RedshiftServer;
import dev.sluice.local.redshift.RedshiftServerConfig;
import dev.sluice.local.s3.S3Server;
import dev.sluice.local.s3.S3ServerConfig;
import dev.sluice.runtime.kinesis.S3ObjectStore;
import dev.sluice.runtime.objects.ObjectStore;
import dev.sluice.runtime.objects.ObjectSummary;
import dev.sluice.runtime.objects.PendingObject;

import org.flywaydb.core.Flyway;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/// A bucket and a migrated warehouse on this machine.
public final class LocalWarehouse implements AutoCloseable {

    /// By how much two copies of an event may differ in their time.
    static final Duration COPY_MARGIN = Duration.ofHours(24);

    private static final List<String> REPORTS =
            List.of("product", "funnel", "feedback", "response", "latency", "guardrail", "people");

    static final EventsTable TABLE = EventsTable.bundled();

    final S3Server s3;
    private final S3Client client;
    public final RedshiftServer redshift;
    public final HikariDataSource dataSource;
    public final S3ObjectStore objects;
    public final Warehouse warehouse;

    public LocalWarehouse(Path folder) {
        s3 = S3Server.start(S3ServerConfig.in(folder.resolve("s3")).withBuckets("sluice"));
        client =
                S3Client.builder()
                        .endpointOverride(s3.endpoint())
                        .forcePathStyle(true)
                        .region(Region.EU_WEST_1)
                        .credentialsProvider(
                                StaticCredentialsProvider.create(
                                        AwsBasicCredentials.create("local", "local")))
                        .build();
        redshift =
                RedshiftServer.start(
                        RedshiftServerConfig.of(folder.resolve("redshift"), () -> client));
        dataSource = pool();
        objects = new S3ObjectStore(client, "sluice", folder, Clock.systemUTC());
        warehouse = restarted();
        migrate();
    }

    /// The warehouse as a loader that has just started sees it.
    public Warehouse restarted() {
        return new RedshiftWarehouse(
                dataSource, new Layouts(objects), "default", COPY_MARGIN, Clock.systemUTC());
    }

    int migrate() {
        return Flyway.configure().dataSource(dataSource).load().migrate().migrationsExecuted;
    }

    public LoadFile publish(String key, SectionedEvent... events) {
        return publish(objects, key, events);
    }

    public LoadFile publish(String key, List<QuarantineRecord> records) {
        return publish(objects, key, records);
    }

    /// A file of what is left of a record whose person was erased.
    LoadFile publishSuppressed(String key, QuarantineRecord record) {
        return publish(
                LoadTable.QUARANTINED_EVENTS,
                objects,
                key,
                QuarantineRows.LAYOUT,
                new Layouts(objects).publish(QuarantineRows.LAYOUT),
                List.of(QuarantineRows.suppressed(record)));
    }

    /// A file of other columns.
    public LoadFile publish(String key, FileLayout layout, Row... rows) {
        return publish(
                LoadTable.EVENTS,
                objects,
                key,
                layout,
                new Layouts(objects).publish(layout),
                List.of(rows));
    }

    /// A file of events, as the publish loop makes it.
    static LoadFile publish(ObjectStore objects, String key, SectionedEvent... events) {
        RowMapper mapper = new RowMapper(TABLE);
        List<Row> rows = new ArrayList<>();
        for (SectionedEvent event : events) {
            rows.add(((MappedEvent.Fits) mapper.map(Fixtures.ACME, event)).row());
        }
        return publish(LoadTable.EVENTS, objects, key, FileLayout.of(TABLE), Layouts.BUNDLED, rows);
    }

    /// A file of quarantine records, as their pipeline makes it.
    static LoadFile publish(ObjectStore objects, String key, List<QuarantineRecord> records) {
        FileLayout layout = QuarantineRows.LAYOUT;
        return publish(
                LoadTable.QUARANTINED_EVENTS,
                objects,
                key,
                layout,
                new Layouts(objects).publish(layout),
                records.stream().map(each -> QuarantineRows.row(each, "quarantine/o")).toList());
    }

    /// A file of sessions or links, as their pipeline makes it.
    public <T> LoadFile publish(String key, DerivedTable<T> table, List<T> derived) {
        return publish(objects, key, table, derived);
    }

    static <T> LoadFile publish(
            ObjectStore objects, String key, DerivedTable<T> table, List<T> derived) {
        return publish(
                table.table(),
                objects,
                key,
                table.layout(),
                new Layouts(objects).publish(table.layout()),
                derived.stream().map(each -> table.row(each, Fixtures.RECEIVED)).toList());
    }

    private static LoadFile publish(
            LoadTable table,
            ObjectStore objects,
            String key,
            FileLayout layout,
            String id,
            List<Row> rows) {
        try (PendingObject object = objects.begin(key)) {
            try (RowFile file = new RowFile(layout.columns(), object.content())) {
                rows.forEach(file::write);
            }
            ObjectSummary published = object.publish();
            return new LoadFile(
                    table,
                    key,
                    id,
                    rows.size(),
                    published.size(),
                    micros(rows.stream().mapToLong(Row::eventMicros).min().orElseThrow()),
                    micros(rows.stream().mapToLong(Row::eventMicros).max().orElseThrow()),
                    micros(rows.stream().mapToLong(Row::receivedMicros).min().orElseThrow()),
                    micros(rows.stream().mapToLong(Row::receivedMicros).max().orElseThrow()),
                    Instant.now());
        }
    }

    /// Forgets every row, and the connections that a test has broken.
    public void empty() throws SQLException {
        dataSource.getHikariPoolMXBean().softEvictConnections();
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("DELETE FROM events");
            statement.execute("DELETE FROM quarantined_events");
            statement.execute("DELETE FROM quarantine_releases");
            statement.execute("DELETE FROM sessions");
            statement.execute("DELETE FROM identities");
            statement.execute("DELETE FROM identity_persons");
            statement.execute("DELETE FROM load_ledger");
            statement.execute("DELETE FROM load_batches");
            statement.execute("DELETE FROM load_counts");
            statement.execute("DELETE FROM duplicate_receipts");
            statement.execute("DELETE FROM pipeline_counts");
            statement.execute("DELETE FROM quality_slots");
            statement.execute("DELETE FROM quality_types");
            statement.execute("DELETE FROM quality_fields");
            statement.execute("DELETE FROM quality_findings");
            statement.execute("UPDATE load_fence SET token = 0");
            statement.execute("UPDATE report_horizon SET closed_before = '0001-01-01'");
            for (String report : REPORTS) {
                statement.execute("DELETE FROM " + report + "_history");
            }
        }
    }

    /// Lets the warehouse come back; its port may be free a moment later only.
    public void resume() {
        await().ignoreExceptionsInstanceOf(UncheckedIOException.class)
                .until(
                        () -> {
                            redshift.resume();
                            return true;
                        });
    }

    public LoadBatch batch(String id, long fence, LoadFile... files) {
        return new LoadBatch(
                id, new Manifest(objects).publish(id, List.of(files)), List.of(files), fence);
    }

    public String query(String sql) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<String> rows = new ArrayList<>();
            while (result.next()) {
                StringBuilder row = new StringBuilder();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.append(i > 1 ? "|" : "").append(result.getString(i));
                }
                rows.add(row.toString());
            }
            return String.join("\n", rows);
        }
    }

    @Override
    public void close() {
        dataSource.close();
        redshift.close();
        client.close();
        s3.close();
    }

    private HikariDataSource pool() {
        HikariConfig config = new HikariConfig();
        config.setDriverClassName("com.amazon.redshift.Driver");
        config.setJdbcUrl(redshift.jdbcUrl());
        config.setUsername(redshift.user());
        config.setPassword(redshift.password());
        config.setMaximumPoolSize(3);
        config.setMinimumIdle(0);
        config.setConnectionTimeout(5_000);
        return new HikariDataSource(config);
    }

    private static Instant micros(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
