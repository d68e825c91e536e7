package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;

import dev.sluice.fleet.FleetEndpoints;
import dev.sluice.loader.warehouse.WarehouseSchema;
import dev.sluice.local.redshift.RedshiftServer;
import dev.sluice.local.redshift.RedshiftServerConfig;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

class BooksCommandIT {

    @TempDir static Path folder;

    static RedshiftServer redshift;
    static HikariDataSource warehouse;

    private final Instant now = Instant.now();
    private final StringWriter out = new StringWriter();

    @BeforeAll
    static void start() throws IOException {
        redshift =
                RedshiftServer.start(
                        RedshiftServerConfig.of(
                                folder.resolve("redshift"),
                                () -> {
                                    throw new IllegalStateException("nothing is copied");
                                }));
        warehouse = new HikariDataSource();
        warehouse.setJdbcUrl(redshift.jdbcUrl());
        warehouse.setUsername(redshift.user());
        warehouse.setPassword(redshift.password());
        new WarehouseSchema(warehouse).migrate();
        new FleetEndpoints(
                        "",
                        "",
                        redshift.jdbcUrl(),
                        redshift.user(),
                        redshift.password(),
                        "",
                        "",
                        "",
                        "",
                        "",
                        "",
                        "",
                        "",
                        List.of(),
                        Map.of())
                .writeTo(folder);
    }

    @AfterAll
    static void stop() {
        warehouse.close();
        redshift.close();
    }

    @BeforeEach
    void empty() throws SQLException {
        execute("DELETE FROM pipeline_counts");
        execute("DELETE FROM load_counts");
    }

    @Test
    void minutesThatBalanceAreListedOnRequestOnly() throws SQLException {
        minute(Duration.ofMinutes(30), 1_200, 1_200);

        assertThat(run()).isZero();
        assertThat(out.toString())
                .doesNotContain("acme")
                .containsPattern("total +1,200 +1,200 +0 +0 +0 +0\n")
                .contains("The books balance (1 rows");

        assertThat(run("--all")).isZero();
        assertThat(out.toString()).containsPattern("Z +acme +1,200 +1,200 +0 +0 +0 +0\n");
    }

    @Test
    void anOldMinuteThatDoesNotBalanceIsMarkedAndTheExitCodeSaysIt() throws SQLException {
        minute(Duration.ofMinutes(30), 10, 7);
        minute(Duration.ofMinutes(20), 5, 5);

        assertThat(run()).isEqualTo(1);
        assertThat(out.toString())
                .containsPattern("acme +10 +7 +0 +0 +0 +3 +<-- DOES NOT BALANCE")
                .containsPattern("total +15 +12 +0 +0 +0 +3")
                .contains("THE BOOKS DO NOT BALANCE in 1 of 2 rows");
    }

    @Test
    void aYoungMinuteMayHaveEventsInFlight() throws SQLException {
        minute(Duration.ofMinutes(1), 10, 7);

        assertThat(run("--minutes", "5")).isZero();
        assertThat(out.toString())
                .containsPattern("acme +10 +7 +0 +0 +0 +3 +in flight")
                .contains("1 rows are in flight");
    }

    @Test
    void onlyTheTimeThatIsAskedForCounts() throws SQLException {
        minute(Duration.ofMinutes(90), 10, 7);

        assertThat(run()).isZero();
        assertThat(run("--since", "2h")).isEqualTo(1);
        assertThat(run("--since", ago(Duration.ofMinutes(90)).toString(), "--minutes", "1"))
                .isEqualTo(1);
        assertThat(run("--since", ago(Duration.ofMinutes(89)).toString())).isZero();
    }

    private int run(String... options) {
        out.getBuffer().setLength(0);
        CommandLine command = SluiceCommand.commandLine();
        command.setOut(new PrintWriter(out, true));
        String[] words = new String[options.length + 3];
        words[0] = "books";
        words[1] = "--data";
        words[2] = folder.toString();
        System.arraycopy(options, 0, words, 3, options.length);
        return command.execute(words);
    }

    private Instant ago(Duration time) {
        return now.minus(time).truncatedTo(ChronoUnit.MINUTES);
    }

    private void minute(Duration ago, long accepted, long loaded) throws SQLException {
        String minute = "CAST('" + ago(ago).toString().replace("Z", "") + "' AS TIMESTAMP)";
        execute(
                "INSERT INTO pipeline_counts VALUES ('validator', 's', %s, '1', 'acme', '2', %d, %d, 0, 0, 0, 0, GETDATE())"
                        .formatted(minute, accepted, accepted));
        execute(
                "INSERT INTO load_counts VALUES ('b', %s, 'acme', %d, 0, 0, 0)"
                        .formatted(minute, loaded));
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = warehouse.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
