package dev.sluice.local.redshift;

import static dev.sluice.local.redshift.Warehouse.execute;
import static dev.sluice.local.redshift.Warehouse.number;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.local.ChildJvm;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import software.amazon.awssdk.services.s3.S3Client;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;

/// What a stand-in does over restarts, kills and faults.
final class LifecycleIT {

    private static RedshiftServerConfig config(Path directory) {
        return RedshiftServerConfig.of(directory, LifecycleIT::noS3);
    }

    private static S3Client noS3() {
        throw new IllegalStateException("no S3 here: " + URI.create("s3://none"));
    }

    private static Connection connect(RedshiftServer server) throws SQLException {
        return Warehouse.connect(server, new Properties());
    }

    private static long postmaster(Path directory) throws Exception {
        return Long.parseLong(
                Files.readAllLines(directory.resolve("cluster/postmaster.pid")).getFirst().strip());
    }

    private static boolean alive(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    @Test
    void keepsDataOverARestartAndLeavesNoProcess(@TempDir Path directory) throws Exception {
        long pid;
        long started = System.nanoTime();
        try (RedshiftServer server = RedshiftServer.start(config(directory))) {
            assertThat(Duration.ofNanos(System.nanoTime() - started))
                    .isLessThan(Duration.ofSeconds(30));
            pid = postmaster(directory);
            try (Connection connection = connect(server)) {
                execute(connection, "CREATE TABLE kept (id INT) SORTKEY (id)");
                execute(connection, "INSERT INTO kept VALUES (1)");
            }
            assertThatThrownBy(() -> RedshiftServer.start(config(directory)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("in use");
        }
        assertThat(alive(pid)).isFalse();
        try (RedshiftServer server = RedshiftServer.start(config(directory));
                Connection connection = connect(server)) {
            assertThat(number(connection, "SELECT count(*) FROM kept")).isEqualTo(1);
        }
    }

    @Test
    void startsAgainAfterAFirstStartThatWasCutShort(@TempDir Path directory) throws Exception {
        Files.createDirectories(directory.resolve("cluster"));
        Files.writeString(directory.resolve("cluster/PG_VERSION"), "18");
        Files.writeString(
                directory.resolve("cluster/postmaster.pid"), ProcessHandle.current().pid() + "\n");
        try (RedshiftServer server = RedshiftServer.start(config(directory));
                Connection connection = connect(server)) {
            assertThat(number(connection, "SELECT 1")).isEqualTo(1);
        }
    }

    @Test
    void takesOverFromAKilledProcess(@TempDir Path directory) throws Exception {
        long orphan;
        try (ChildJvm child = ChildJvm.run(RedshiftServerProcess.class, directory.toString());
                Connection connection =
                        DriverManager.getConnection(child.nextLine(), "sluice", "Local-only-1")) {
            execute(connection, "CREATE TABLE survivors (id INT)");
            execute(connection, "INSERT INTO survivors SELECT * FROM generate_series(1, 1000)");
            orphan = postmaster(directory);
            child.kill();
        }
        assertThat(alive(orphan)).isTrue();
        try (RedshiftServer server = RedshiftServer.start(config(directory));
                Connection connection = connect(server)) {
            assertThat(alive(orphan)).isFalse();
            assertThat(number(connection, "SELECT count(*) FROM survivors")).isEqualTo(1000);
            execute(connection, "INSERT INTO survivors VALUES (1001)");
            ProcessHandle.of(postmaster(directory)).orElseThrow().destroyForcibly();
        }
        try (RedshiftServer server = RedshiftServer.start(config(directory));
                Connection connection = connect(server)) {
            assertThat(number(connection, "SELECT count(*) FROM survivors")).isEqualTo(1001);
        }
    }

    @Test
    void injectsFaultsOnRequest(@TempDir Path directory) throws Exception {
        try (RedshiftServer server = RedshiftServer.start(config(directory))) {
            createLedger(server);
            goesAwayAndComesBack(server);
            losesTheAnswerOfACommit(server);
            conflicts(server);
            fillsTheDisk(server);
            delays(server);
        }
    }

    private static void createLedger(RedshiftServer server) throws SQLException {
        try (Connection connection = connect(server)) {
            execute(connection, "CREATE TABLE ledger (id INT)");
        }
    }

    private static void goesAwayAndComesBack(RedshiftServer server) throws SQLException {
        try (Connection cut = connect(server)) {
            cut.setAutoCommit(false);
            execute(cut, "INSERT INTO ledger VALUES (1)");
            server.pause();
            assertThatThrownBy(() -> execute(cut, "SELECT 1")).isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> connect(server))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("refused");
        }
        server.resume();
        try (Connection connection = connect(server)) {
            assertThat(number(connection, "SELECT count(*) FROM ledger")).isZero();
        }
    }

    private static void losesTheAnswerOfACommit(RedshiftServer server) throws SQLException {
        server.faults().loseCommitAnswers(1);
        try (Connection lost = connect(server)) {
            lost.setAutoCommit(false);
            execute(lost, "INSERT INTO ledger VALUES (2)");
            assertThatThrownBy(lost::commit).isInstanceOf(SQLException.class);
        }
        try (Connection connection = connect(server)) {
            assertThat(number(connection, "SELECT count(*) FROM ledger WHERE id = 2")).isEqualTo(1);
        }
    }

    private static void conflicts(RedshiftServer server) throws SQLException {
        server.faults().conflictOn("insert", 1);
        try (Connection connection = connect(server)) {
            connection.setAutoCommit(false);
            assertThatThrownBy(() -> execute(connection, "INSERT INTO ledger VALUES (3)"))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            e -> {
                                assertThat(e.getSQLState()).isEqualTo("XX000");
                                assertThat((Throwable) e)
                                        .hasMessageContaining("1023")
                                        .hasMessageContaining("Serializable isolation violation");
                            });
            connection.rollback();
            execute(connection, "INSERT INTO ledger VALUES (3)");
            connection.commit();
        }
    }

    private static void fillsTheDisk(RedshiftServer server) throws SQLException {
        server.faults().fillDisk();
        try (Connection connection = connect(server)) {
            connection.setAutoCommit(false);
            assertThatThrownBy(() -> execute(connection, "INSERT INTO ledger VALUES (4)"))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            e -> {
                                assertThat(e.getSQLState()).isEqualTo("53100");
                                assertThat((Throwable) e).hasMessageContaining("Disk Full");
                            });
            connection.rollback();
            assertThat(number(connection, "SELECT count(*) FROM ledger WHERE id = 4")).isZero();
            server.faults().clear();
            execute(connection, "INSERT INTO ledger VALUES (4)");
            connection.commit();
        }
    }

    private static void delays(RedshiftServer server) throws SQLException {
        server.faults().delayStatements(Duration.ofMillis(300));
        try (Connection connection = connect(server)) {
            long started = System.nanoTime();
            assertThat(number(connection, "SELECT 1")).isEqualTo(1);
            assertThat(Duration.ofNanos(System.nanoTime() - started))
                    .isGreaterThan(Duration.ofMillis(290));
        } finally {
            server.faults().clear();
        }
    }
}
