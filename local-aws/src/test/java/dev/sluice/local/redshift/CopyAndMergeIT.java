package dev.sluice.local.redshift;

import static dev.sluice.local.redshift.Warehouse.execute;
import static dev.sluice.local.redshift.Warehouse.number;
import static dev.sluice.local.redshift.Warehouse.rows;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import java.util.stream.IntStream;

@ExtendWith(Warehouse.Extension.class)
final class CopyAndMergeIT {

    record Event(
            String eventId,
            LocalDateTime eventTs,
            @Nullable String message,
            Long amount,
            String properties) {}

    private static final LocalDateTime NOON = LocalDateTime.parse("2026-11-21T12:00:00.123456");

    private static final String COPY =
            "COPY stg FROM 's3://stage/load/part-' IAM_ROLE"
                    + " 'arn:aws:iam::123456789012:role/load' FORMAT AS PARQUET";

    private static final String MERGE =
            "MERGE INTO ev USING stg s ON ev.event_id = s.event_id"
                    + " WHEN MATCHED THEN UPDATE SET message = s.message, amount = s.amount"
                    + " WHEN NOT MATCHED THEN INSERT (event_id, event_ts, message, amount, properties)"
                    + " VALUES (s.event_id, s.event_ts, s.message, s.amount, JSON_PARSE(s.properties))";

    private final Warehouse warehouse;
    private final Connection connection;

    CopyAndMergeIT(Warehouse warehouse) throws SQLException {
        this.warehouse = warehouse;
        this.connection = warehouse.connect();
    }

    @BeforeEach
    void createTables() throws Exception {
        execute(connection, "DROP TABLE IF EXISTS ev");
        execute(
                connection,
                "CREATE TABLE ev (event_id VARCHAR(64) NOT NULL, event_ts TIMESTAMP, message VARCHAR(MAX),"
                        + " amount BIGINT, properties SUPER, PRIMARY KEY (event_id)) DISTKEY(event_id) SORTKEY(event_ts)");
        connection.setAutoCommit(false);
        byte[] first = ParquetFiles.of(Event.class, events(0, 1000));
        byte[] second = ParquetFiles.of(Event.class, events(1000, 1500));
        warehouse.s3().put("load/part-0.parquet", first);
        warehouse.s3().put("load/part-1.parquet", second);
        warehouse
                .s3()
                .put(
                        "load/manifest.json",
                        ("{\"entries\":["
                                        + entry("load/part-0.parquet", true, first.length)
                                        + ","
                                        + entry("load/part-1.parquet", true, second.length)
                                        + ","
                                        + entry("load/away.parquet", false, 10)
                                        + "]}")
                                .getBytes(StandardCharsets.UTF_8));
    }

    @AfterEach
    void close() throws SQLException {
        connection.rollback();
        connection.close();
    }

    private static String entry(String key, boolean mandatory, long length) {
        return "{\"url\":\"s3://stage/"
                + key
                + "\",\"mandatory\":"
                + mandatory
                + ",\"meta\":{\"content_length\":"
                + length
                + "}}";
    }

    private static List<Event> events(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(
                        i ->
                                new Event(
                                        "e" + i,
                                        NOON.plusSeconds(i),
                                        i % 10 == 0 ? null : "m" + i,
                                        (long) i,
                                        "{\"n\":" + i + "}"))
                .toList();
    }

    private void stage() throws SQLException {
        execute(
                connection,
                "CREATE TEMP TABLE stg (event_id VARCHAR(64), event_ts TIMESTAMP, message VARCHAR(65535),"
                        + " amount BIGINT, properties VARCHAR(65535)) DISTKEY(event_id)");
    }

    @Test
    void rollsBackALoad() throws SQLException {
        stage();
        execute(connection, COPY);
        execute(connection, MERGE);
        assertThat(number(connection, "SELECT count(*) FROM ev")).isEqualTo(1500);
        connection.rollback();
        assertThat(number(connection, "SELECT count(*) FROM ev")).isZero();
    }

    @Test
    void commitsALoadAndLoadsItAgainWithoutDuplicates() throws SQLException {
        for (int i = 0; i < 2; i++) {
            stage();
            execute(connection, COPY);
            execute(connection, MERGE);
            execute(connection, "DROP TABLE stg");
            connection.commit();
        }
        assertThat(number(connection, "SELECT count(*) FROM ev")).isEqualTo(1500);
        assertThat(
                        rows(
                                connection,
                                "SELECT event_ts, message, amount, properties FROM ev WHERE event_id IN ('e10', 'e11')"
                                        + " ORDER BY event_id"))
                .containsExactly(
                        Arrays.asList("2026-11-21 12:00:10.123456", null, "10", "{\"n\": 10}"),
                        List.of("2026-11-21 12:00:11.123456", "m11", "11", "{\"n\": 11}"));
    }

    @Test
    void reportsTheNumberOfRowsLoaded() throws SQLException {
        stage();
        try (Statement statement = connection.createStatement()) {
            statement.execute(COPY);
            assertThat(statement.getWarnings().getMessage())
                    .isEqualTo(
                            "Load into table 'stg' completed, 1500 record(s) loaded successfully.");
        }
        assertThat(number(connection, "SELECT pg_last_copy_count()")).isEqualTo(1500);
    }

    @Test
    void reportsTheLastCopyToAStatementPreparedBeforeIt() throws SQLException {
        stage();
        try (PreparedStatement count = connection.prepareStatement("SELECT pg_last_copy_count()")) {
            for (int i = 0; i < 8; i++) {
                count.executeQuery().close();
            }
            execute(connection, COPY);
            try (var result = count.executeQuery()) {
                assertThat(result.next()).isTrue();
                assertThat(result.getLong(1)).isEqualTo(1500);
            }
        }
    }

    @Test
    void loadsFromAManifestByPreparedStatement() throws SQLException {
        stage();
        try (PreparedStatement copy =
                connection.prepareStatement(
                        "copy stg from 's3://stage/load/manifest.json'"
                                + " iam_role default manifest format as parquet")) {
            copy.execute();
        }
        assertThat(number(connection, "SELECT count(DISTINCT event_id) FROM stg")).isEqualTo(1500);
    }

    @Test
    void loadsByTheSimpleProtocol() throws SQLException {
        Properties simple = new Properties();
        simple.setProperty("preferQueryMode", "simple");
        try (Connection other = warehouse.connect(simple)) {
            other.setAutoCommit(false);
            execute(other, "CREATE TEMP TABLE stg (LIKE ev)");
            execute(other, "ALTER TABLE stg DROP COLUMN properties");
            execute(other, "ALTER TABLE stg ADD COLUMN properties VARCHAR(MAX)");
            execute(other, COPY);
            execute(other, MERGE);
            other.commit();
            assertThat(number(other, "SELECT count(*) FROM ev")).isEqualTo(1500);
        }
    }

    @Test
    void loadsInTheMiddleOfAQueryString() throws SQLException {
        stage();
        execute(connection, "DELETE FROM stg; " + COPY + "; DELETE FROM stg WHERE amount >= 100");
        assertThat(number(connection, "SELECT count(*) FROM stg")).isEqualTo(100);
    }

    @Test
    void loadsGivenColumnsByPosition() throws SQLException {
        execute(
                connection,
                "CREATE TEMP TABLE stg (x INT, properties VARCHAR(100), amount BIGINT, message VARCHAR(100),"
                        + " event_ts TIMESTAMP, event_id VARCHAR(64))");
        execute(
                connection,
                COPY.replace(
                        "COPY stg", "COPY stg (event_id, event_ts, message, amount, properties)"));
        assertThat(rows(connection, "SELECT x, event_id, amount FROM stg WHERE event_id = 'e7'"))
                .containsExactly(Arrays.asList(null, "e7", "7"));
    }

    @Test
    void loadsIntoAHashTemporaryTable() throws SQLException {
        execute(
                connection,
                "CREATE TABLE #loaded (event_id VARCHAR(64), event_ts TIMESTAMP, message VARCHAR(100),"
                        + " amount BIGINT, properties VARCHAR(100))");
        execute(connection, COPY.replace("COPY stg", "COPY #loaded"));
        assertThat(number(connection, "SELECT count(*) FROM #loaded")).isEqualTo(1500);
    }

    @Test
    void loadsAFileOfSeveralReadWindows() throws Exception {
        Random random = new Random(7);
        List<Event> large =
                IntStream.range(0, 300)
                        .mapToObj(i -> new Event("l" + i, NOON, randomText(random), (long) i, "{}"))
                        .toList();
        byte[] file = ParquetFiles.of(Event.class, large);
        assertThat(file.length).isGreaterThan(10 << 20);
        warehouse.s3().put("large/file.parquet", file);
        stage();
        execute(connection, COPY.replace("load/part-", "large/"));
        assertThat(rows(connection, "SELECT message FROM stg ORDER BY amount"))
                .containsExactlyElementsOf(
                        large.stream().map(event -> Arrays.asList(event.message())).toList());
    }

    private static String randomText(Random random) {
        byte[] bytes = new byte[48_000];
        random.nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    @Test
    void twoSessionsLoadAtTheSameTime() throws Exception {
        stage();
        try (Connection other = warehouse.connect()) {
            other.setAutoCommit(false);
            execute(
                    other,
                    "CREATE TEMP TABLE stg (event_id VARCHAR(64), event_ts TIMESTAMP, message VARCHAR(100),"
                            + " amount BIGINT, properties VARCHAR(100))");
            Thread loading =
                    Thread.ofVirtual()
                            .unstarted(
                                    () -> {
                                        try {
                                            execute(other, COPY);
                                        } catch (SQLException e) {
                                            throw new IllegalStateException(e);
                                        }
                                    });
            loading.start();
            execute(connection, COPY);
            loading.join();
            assertThat(number(other, "SELECT count(*) FROM stg")).isEqualTo(1500);
            assertThat(number(connection, "SELECT count(*) FROM stg")).isEqualTo(1500);
            other.rollback();
        }
    }
}
