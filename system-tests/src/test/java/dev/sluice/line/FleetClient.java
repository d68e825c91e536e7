package dev.sluice.line;

import dev.sluice.fleet.FleetEndpoints;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// What a user of a running fleet does: post, and query.
public final class FleetClient implements AutoCloseable {

    private final FleetEndpoints fleet;
    private final String writeKey;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Connection warehouse;

    /// Of the tenant that the fleet has itself.
    public FleetClient(FleetEndpoints fleet) throws SQLException {
        this(fleet, fleet.writeKey());
    }

    FleetClient(FleetEndpoints fleet, String writeKey) throws SQLException {
        this.fleet = fleet;
        this.writeKey = writeKey;
        warehouse =
                DriverManager.getConnection(
                        fleet.jdbcUrl(), fleet.jdbcUser(), fleet.jdbcPassword());
    }

    public HttpResponse<String> post(String body) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(fleet.collectorUrl() + "/v1/events"))
                        .header("Authorization", "Bearer " + writeKey)
                        .header("Content-Type", "application/json")
                        .timeout(Duration.ofSeconds(20))
                        .POST(HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    public List<String> query(String sql) throws SQLException {
        try (Statement statement = warehouse.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<String> rows = new ArrayList<>();
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.add(String.valueOf(result.getString(i)));
                }
                rows.add(String.join("|", row));
            }
            return rows;
        }
    }

    /// Asks until the answer is as wanted, for a minute at most; gives the last answer.
    public List<String> await(String sql, Predicate<List<String>> wanted)
            throws SQLException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        List<String> rows = query(sql);
        while (!wanted.test(rows) && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(200);
            rows = query(sql);
        }
        return rows;
    }

    /// Asks the Parquet files themselves, through a reader that shares no code with the warehouse.
    static String duckDb(Path data, String select) throws SQLException {
        String files =
                data.resolve("s3/buckets/sluice/curated/events/**/*.parquet")
                        .toAbsolutePath()
                        .toString();
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement();
                ResultSet result =
                        statement.executeQuery(
                                select
                                        + " FROM read_parquet('"
                                        + files
                                        + "', union_by_name = true)")) {
            result.next();
            return result.getString(1);
        }
    }

    @Override
    public void close() throws SQLException {
        http.close();
        warehouse.close();
    }
}
