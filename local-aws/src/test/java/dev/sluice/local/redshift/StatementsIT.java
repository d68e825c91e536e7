package dev.sluice.local.redshift;

import static dev.sluice.local.redshift.Warehouse.execute;
import static dev.sluice.local.redshift.Warehouse.number;
import static dev.sluice.local.redshift.Warehouse.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Properties;

/// What the real driver sees of the stand-in.
@ExtendWith(Warehouse.Extension.class)
final class StatementsIT {

    private final Warehouse warehouse;
    private final Connection connection;

    StatementsIT(Warehouse warehouse) throws SQLException {
        this.warehouse = warehouse;
        this.connection = warehouse.connect();
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    @Test
    void looksLikeRedshift() throws SQLException {
        assertThat(connection.getMetaData().getDatabaseProductName()).isEqualTo("Redshift");
        assertThat(connection.getMetaData().getDatabaseProductVersion()).isEqualTo("8.0.2");
        assertThat(rows(connection, "SELECT version()").getFirst().getFirst()).contains("Redshift");
    }

    @Test
    void refusesAWrongPassword() {
        Properties properties = new Properties();
        properties.setProperty("user", warehouse.server().user());
        properties.setProperty("password", "wrong");
        assertThatThrownBy(
                        () ->
                                java.sql.DriverManager.getConnection(
                                        warehouse.server().jdbcUrl(), properties))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("password authentication failed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"extended", "simple"})
    void carriesEveryType(String queryMode) throws SQLException {
        Properties mode = new Properties();
        mode.setProperty("preferQueryMode", queryMode);
        try (Connection other = warehouse.connect(mode)) {
            execute(
                    other,
                    "CREATE TEMP TABLE types (id BIGINT IDENTITY(1,1), v VARCHAR(20) DEFAULT 'it''s DISTKEY(x)',"
                            + " n NUMERIC(18,4), ts TIMESTAMP, tz TIMESTAMPTZ, b BOOLEAN, f DOUBLE PRECISION, s SMALLINT, j SUPER)"
                            + " DISTSTYLE EVEN SORTKEY(ts)");
            insertEveryType(other);
            execute(other, "INSERT INTO types (n) VALUES (1)");
            try (PreparedStatement select =
                    other.prepareStatement("SELECT * FROM types WHERE id >= ? ORDER BY id")) {
                for (int i = 0; i < 8; i++) {
                    select.setLong(1, 0);
                    try (ResultSet row = select.executeQuery()) {
                        assertThat(row.next()).isTrue();
                        assertEveryType(row);
                        assertThat(row.next()).isTrue();
                        assertThat(row.getString(2)).isEqualTo("it's DISTKEY(x)");
                    }
                }
            }
        }
    }

    private static void insertEveryType(Connection other) throws SQLException {
        try (PreparedStatement insert =
                other.prepareStatement(
                        "INSERT INTO types (v, n, ts, tz, b, f, s, j) SELECT ?, ?, ?, ?, ?, ?, ?, JSON_PARSE(?)")) {
            insert.setString(1, "héllo");
            insert.setBigDecimal(2, new BigDecimal("12345678901.2345"));
            insert.setTimestamp(3, Timestamp.valueOf("2026-01-02 03:04:05.678901"));
            insert.setObject(4, OffsetDateTime.parse("2026-01-02T03:04:05.678901Z"));
            insert.setBoolean(5, true);
            insert.setDouble(6, 1.5);
            insert.setShort(7, (short) 7);
            insert.setString(8, "{\"a\":[1]}");
            assertThat(insert.executeUpdate()).isEqualTo(1);
        }
    }

    private static void assertEveryType(ResultSet row) throws SQLException {
        assertThat(row.getMetaData().getColumnTypeName(9)).isEqualTo("super");
        assertThat(row.getString(2)).isEqualTo("héllo");
        assertThat(row.getBigDecimal(3)).isEqualTo(new BigDecimal("12345678901.2345"));
        assertThat(row.getTimestamp(4)).isEqualTo(Timestamp.valueOf("2026-01-02 03:04:05.678901"));
        assertThat(row.getObject(5, OffsetDateTime.class))
                .isEqualTo(OffsetDateTime.parse("2026-01-02T03:04:05.678901Z"));
        assertThat(row.getBoolean(6)).isTrue();
        assertThat(row.getDouble(7)).isEqualTo(1.5);
        assertThat(row.getShort(8)).isEqualTo((short) 7);
        assertThat(row.getString(9)).isEqualTo("{\"a\": [1]}");
    }

    @Test
    void countsVarcharInBytes() throws SQLException {
        execute(connection, "CREATE TEMP TABLE b (v VARCHAR(5), w VARCHAR)");
        execute(connection, "INSERT INTO b VALUES ('éé', 'x')");
        for (String tooLong : List.of("ééé", "abcdef")) {
            SQLException failure =
                    catchThrowableOfType(
                            SQLException.class,
                            () ->
                                    execute(
                                            connection,
                                            "INSERT INTO b VALUES ('" + tooLong + "', 'x')"));
            assertThat(failure.getSQLState()).isEqualTo("22001");
            assertThat((Throwable) failure)
                    .hasMessageContaining("Value too long for character type");
        }
        assertThatThrownBy(
                        () -> execute(connection, "INSERT INTO b VALUES ('x', repeat('x', 257))"))
                .hasMessageContaining("character varying(256)");
        execute(connection, "ALTER TABLE b ALTER COLUMN v TYPE VARCHAR(6)");
        execute(connection, "INSERT INTO b VALUES ('ééé', 'x')");
    }

    @Test
    void acceptsDuplicatesInKeysThatRedshiftDoesNotEnforce() throws SQLException {
        execute(connection, "CREATE TEMP TABLE parents (id INT PRIMARY KEY, code INT UNIQUE)");
        execute(
                connection,
                "CREATE TEMP TABLE children (id INT, parent INT REFERENCES parents (id), UNIQUE (id),"
                        + " CONSTRAINT pk PRIMARY KEY (id, parent), FOREIGN KEY (parent) REFERENCES parents (id))");
        execute(connection, "INSERT INTO parents VALUES (1, 1), (1, 1)");
        execute(connection, "INSERT INTO children VALUES (1, 9), (1, 9)");
        assertThat(number(connection, "SELECT count(*) FROM children")).isEqualTo(2);
        assertThatThrownBy(() -> execute(connection, "INSERT INTO children VALUES (1, NULL)"))
                .hasMessageContaining("not-null");
    }

    @Test
    void servesRangesOnTheSortKeyFromAnIndex() throws SQLException {
        execute(connection, "DROP TABLE IF EXISTS zoned");
        execute(connection, "CREATE TABLE zoned (id INT, at TIMESTAMP) COMPOUND SORTKEY (at, id)");
        assertThat(rows(connection, "SELECT indexname FROM pg_indexes WHERE tablename = 'zoned'"))
                .containsExactly(List.of("zoned_sortkey"));
        assertThat(
                        number(
                                connection,
                                "SELECT count(*) FROM pg_constraint WHERE conrelid = 'zoned'::regclass"
                                        + " AND contype = 'c'"))
                .isZero();
    }

    @Test
    void idsOfARangeAreReadWithoutTheRows() throws SQLException {
        execute(connection, "DROP TABLE IF EXISTS wide");
        execute(
                connection,
                "CREATE TABLE wide (id VARCHAR(64) NOT NULL, at TIMESTAMP, body VARCHAR(2000) NOT"
                        + " NULL) SORTKEY (at)");

        assertThat(rows(connection, "SELECT indexdef FROM pg_indexes WHERE tablename = 'wide'"))
                .singleElement()
                .satisfies(index -> assertThat(index.getFirst()).endsWith("(at) INCLUDE (id)"));
    }

    @Test
    void whatAQueryMadeHasStatistics() throws SQLException {
        execute(
                connection,
                "CREATE TEMP TABLE counted AS SELECT n FROM GENERATE_SERIES(1, 700) AS n");

        assertThat(
                        number(
                                connection,
                                "SELECT reltuples FROM pg_class WHERE oid = 'counted'::regclass"))
                .isEqualTo(700);
    }

    @Test
    void runsRedshiftsFunctions() throws SQLException {
        assertThat(
                        rows(
                                connection,
                                "SELECT NVL(NULL, 'x'), LEN('añb'), DATEADD(day, 2, '2026-01-30'::timestamp),"
                                        + " DATEDIFF(hour, '2026-01-01 10:59:59'::timestamp, '2026-01-01 12:00:00'::timestamp),"
                                        + " DATEDIFF(week, '2026-01-03'::timestamp, '2026-01-05'::timestamp),"
                                        + " JSON_EXTRACT_PATH_TEXT('{\"a\":{\"b\":\"c\"}}', 'a', 'b'), NVL2(1, 'y', 'n')"))
                .containsExactly(List.of("x", "3", "2026-02-01 00:00:00", "2", "1", "c", "y"));
        assertThat(
                        rows(
                                connection,
                                "SELECT APPROXIMATE COUNT(DISTINCT x), MEDIAN(x), LISTAGG(x, ',') WITHIN GROUP (ORDER BY x DESC)"
                                        + " FROM (SELECT 1 AS x UNION ALL SELECT 2 UNION ALL SELECT 4) t"))
                .containsExactly(List.of("3", "2.0", "4,2,1"));
        assertThat(number(connection, "SELECT DATEDIFF(minute, GETDATE(), SYSDATE)")).isZero();
        assertThat(rows(connection, "SELECT 'a\\\\b', 'it\\'s', 'x' -- ; DISTKEY(\n, $$q'$$"))
                .containsExactly(List.of("a\\b", "it's", "x", "q'"));
    }

    @Test
    void navigatesSuperColumns() throws SQLException {
        execute(connection, "CREATE TEMP TABLE docs (id INT, properties SUPER)");
        execute(
                connection,
                "INSERT INTO docs SELECT 1, JSON_PARSE('{\"a\":{\"b\":\"x\"},\"list\":[{\"n\":5}],\"price\":9.5}')");
        execute(connection, "INSERT INTO docs SELECT 2, JSON_PARSE('{\"a\":{\"b\":\"y\"}}')");
        assertThat(
                        rows(
                                connection,
                                "SELECT d.properties.a.b::varchar, properties.list[0].n, d.properties.price"
                                        + " FROM docs d WHERE properties.a.b = 'x' AND d.properties.price > 9 AND properties.list[0].n = 5"))
                .containsExactly(List.of("x", "5", "9.5"));
        try (PreparedStatement select =
                connection.prepareStatement(
                        "SELECT properties.a.b FROM docs WHERE properties.a.b = ?")) {
            select.setString(1, "y");
            try (ResultSet row = select.executeQuery()) {
                assertThat(row.next()).isTrue();
                assertThat(row.getMetaData().getColumnName(1)).isEqualTo("b");
                assertThat(row.getString(1)).isEqualTo("\"y\"");
            }
        }
    }

    @Test
    void anArrayInFromGivesARowForEachElement() throws SQLException {
        execute(connection, "DROP TABLE IF EXISTS baskets CASCADE");
        execute(connection, "CREATE TABLE baskets (id INT, items SUPER)");
        execute(
                connection,
                "INSERT INTO baskets SELECT 1, JSON_PARSE('[{\"sku\":\"a\",\"n\":2},{\"sku\":\"b\",\"n\":1}]')");
        execute(connection, "INSERT INTO baskets SELECT 2, JSON_PARSE('{\"sku\":\"a\",\"n\":5}')");
        execute(connection, "INSERT INTO baskets SELECT 3, NULL");
        execute(
                connection,
                "CREATE MATERIALIZED VIEW sold BACKUP NO AUTO REFRESH YES AS SELECT CAST(i.sku AS"
                        + " VARCHAR(10)) AS sku, SUM(CAST(i.n AS INTEGER)) AS n FROM baskets AS b,"
                        + " b.items AS i WHERE i.sku <> 'c' GROUP BY 1");

        assertThat(rows(connection, "SELECT sku, n FROM sold ORDER BY 1"))
                .containsExactly(List.of("a", "7"), List.of("b", "1"));
        assertThat(rows(connection, "SELECT b.id, i.sku FROM baskets b, b.items i WHERE b.id = 2"))
                .containsExactly(List.of("2", "\"a\""));
    }

    @Test
    void refreshesMaterializedViews() throws SQLException {
        execute(connection, "DROP TABLE IF EXISTS sales CASCADE");
        execute(connection, "CREATE TABLE sales (day DATE, amount INT)");
        execute(
                connection,
                "CREATE MATERIALIZED VIEW daily DISTSTYLE KEY DISTKEY (day) SORTKEY (day) AUTO REFRESH YES AS"
                        + " SELECT day, sum(amount) AS amount FROM sales GROUP BY day");
        execute(connection, "INSERT INTO sales VALUES ('2026-01-01', 2), ('2026-01-01', 3)");
        execute(connection, "REFRESH MATERIALIZED VIEW daily");
        assertThat(rows(connection, "SELECT * FROM daily"))
                .containsExactly(List.of("2026-01-01", "5"));
    }

    @Test
    void acceptsHousekeepingAndSettings() throws SQLException {
        execute(connection, "SET query_group TO 'load'");
        execute(connection, "SET enable_result_cache_for_session = off");
        execute(connection, "VACUUM FULL pg_class");
        execute(connection, "ANALYZE pg_class PREDICATE COLUMNS");
        assertThat(connection.isValid(5)).isTrue();
    }

    @Test
    void refusesTruncateInATransactionBlock() throws SQLException {
        execute(connection, "CREATE TEMP TABLE cut (id INT)");
        execute(connection, "TRUNCATE cut");
        connection.setAutoCommit(false);
        SQLException failure =
                catchThrowableOfType(SQLException.class, () -> execute(connection, "TRUNCATE cut"));
        assertThat(failure.getSQLState()).isEqualTo("25001");
        connection.rollback();
        execute(connection, "DELETE FROM cut");
    }

    @ParameterizedTest
    @ValueSource(strings = {"extended", "simple"})
    void abortsTheTransactionOfARefusedStatement(String queryMode) throws SQLException {
        Properties mode = new Properties();
        mode.setProperty("preferQueryMode", queryMode);
        try (Connection other = warehouse.connect(mode)) {
            other.setAutoCommit(false);
            execute(other, "CREATE TEMP TABLE t (id INT)");
            SQLException failure =
                    catchThrowableOfType(
                            SQLException.class,
                            () ->
                                    execute(
                                            other,
                                            "INSERT INTO t VALUES (1) ON CONFLICT DO NOTHING"));
            assertThat(failure.getSQLState()).isEqualTo("0A000");
            assertThat(
                            catchThrowableOfType(
                                            SQLException.class, () -> execute(other, "SELECT 1"))
                                    .getSQLState())
                    .isEqualTo("25P02");
            other.rollback();
            assertThat(number(other, "SELECT 1")).isEqualTo(1);
        }
    }

    @Test
    void refusesAViewAsTheSourceOfMerge() throws SQLException {
        execute(connection, "CREATE TEMP TABLE t (id INT)");
        execute(connection, "CREATE TEMP VIEW v AS SELECT 1 AS id");
        assertThatThrownBy(
                        () ->
                                execute(
                                        connection,
                                        "MERGE INTO t USING v ON t.id = v.id WHEN MATCHED THEN DELETE"
                                                + " WHEN NOT MATCHED THEN INSERT VALUES (v.id)"))
                .hasMessageContaining("a view as the source of MERGE");
    }

    @Test
    void fetchesByCursorAndInsertsInBatches() throws SQLException {
        execute(connection, "CREATE TEMP TABLE many (id BIGINT, name VARCHAR(64))");
        connection.setAutoCommit(false);
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO many VALUES (?, ?)")) {
            for (int i = 0; i < 5000; i++) {
                insert.setLong(1, i);
                insert.setString(2, "n" + i);
                insert.addBatch();
            }
            insert.executeBatch();
        }
        try (PreparedStatement select =
                connection.prepareStatement("SELECT id FROM many ORDER BY id")) {
            select.setFetchSize(500);
            try (ResultSet result = select.executeQuery()) {
                long expected = 0;
                while (result.next()) {
                    assertThat(result.getLong(1)).isEqualTo(expected++);
                }
                assertThat(expected).isEqualTo(5000);
            }
        }
        connection.rollback();
    }

    @Test
    void cancelsAStatement() throws Exception {
        try (var statement = connection.createStatement()) {
            statement.setQueryTimeout(1);
            SQLException failure =
                    catchThrowableOfType(
                            SQLException.class, () -> statement.execute("SELECT pg_sleep(30)"));
            assertThat(failure.getSQLState()).isEqualTo("57014");
        }
    }
}
