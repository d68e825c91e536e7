package dev.sluice.local.redshift;

import static dev.sluice.local.redshift.Warehouse.execute;

import com.jerolba.carpet.TimeUnit;

import dev.sluice.local.LocalAws;
import dev.sluice.local.LocalAwsConfig;
import dev.sluice.local.LocalService;
import dev.sluice.local.host.FolderTree;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Measures COPY and MERGE over 25 columns: `LoadSpeed [ROWS] [ROUNDS]`, 300 000 and 3 by default.
final class LoadSpeed {

    record Row(
            String c0,
            String c1,
            String c2,
            @Nullable String c3,
            String c4,
            String c5,
            String c6,
            String c7,
            String c8,
            String c9,
            String c10,
            String c11,
            String c12,
            String c13,
            String c14,
            String c15,
            String c16,
            String c17,
            LocalDateTime t0,
            LocalDateTime t1,
            LocalDateTime t2,
            double d0,
            long n0,
            boolean b0,
            String properties) {}

    private static final String COLUMNS =
            IntStream.range(0, 18)
                            .mapToObj(i -> "c" + i + " VARCHAR(128)")
                            .collect(Collectors.joining(", "))
                    + ", t0 TIMESTAMP, t1 TIMESTAMP, t2 TIMESTAMP, d0 DOUBLE PRECISION, n0 BIGINT, b0 BOOLEAN, properties ";

    private LoadSpeed() {}

    public static void main(String[] args) throws Exception {
        int rows = args.length > 0 ? Integer.parseInt(args[0]) : 300_000;
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 3;
        long started = System.nanoTime();
        Path home = Files.createTempDirectory("load-speed");
        LocalAwsConfig config =
                LocalAwsConfig.in(home).withServices(LocalService.S3, LocalService.REDSHIFT);
        try (LocalAws aws = LocalAws.start(config);
                Warehouse warehouse = Warehouse.of(aws);
                Connection connection = warehouse.connect()) {
            report("first start", 0, started);
            write(warehouse, rows);
            execute(
                    connection,
                    "CREATE TABLE ev ("
                            + COLUMNS
                            + "SUPER, PRIMARY KEY (c0)) DISTKEY(c1) SORTKEY(t0)");
            connection.setAutoCommit(false);
            for (int round = 0; round < rounds; round++) {
                load(connection, rows, "round " + round);
            }
        }
        FolderTree.delete(home);
        System.exit(0);
    }

    private static void load(Connection connection, int rows, String round) throws SQLException {
        execute(connection, "CREATE TEMP TABLE stg (" + COLUMNS + "VARCHAR(65535))");
        long started = System.nanoTime();
        execute(connection, "COPY stg FROM 's3://stage/speed/' IAM_ROLE DEFAULT FORMAT AS PARQUET");
        report(round + " COPY", rows, started);
        started = System.nanoTime();
        String names =
                IntStream.range(0, 18).mapToObj(i -> "c" + i).collect(Collectors.joining(","))
                        + ",t0,t1,t2,d0,n0,b0,properties";
        execute(
                connection,
                "MERGE INTO ev USING stg s ON ev.c0 = s.c0"
                        + " WHEN MATCHED THEN UPDATE SET c2 = s.c2, t2 = s.t2, properties = JSON_PARSE(s.properties)"
                        + " WHEN NOT MATCHED THEN INSERT ("
                        + names
                        + ") VALUES (s."
                        + names.replace(",", ",s.")
                                .replace("s.properties", "JSON_PARSE(s.properties)")
                        + ")");
        report(round + " MERGE", rows, started);
        started = System.nanoTime();
        execute(connection, "DROP TABLE stg");
        connection.commit();
        report(round + " commit", 0, started);
    }

    private static void write(Warehouse warehouse, int rows) throws IOException {
        LocalDateTime time = LocalDateTime.parse("2026-11-21T12:00:00.123456");
        List<Row> part = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            String id = "01936f2e-0000-7000-8000-" + String.format("%012d", i);
            LocalDateTime at = time.plusNanos(i * 1_000_000L);
            part.add(
                    new Row(
                            id,
                            "client-" + i % 5000,
                            "session-" + i % 20_000,
                            null,
                            "page_view",
                            "web",
                            "1.2.3",
                            "ios",
                            "17.1",
                            "Apple",
                            "iPhone15",
                            "en-GB",
                            "GB",
                            "Europe/London",
                            "https://shop.example/products/" + i % 900,
                            "https://search.example/",
                            "search",
                            "organic",
                            at,
                            at.plusSeconds(1),
                            at.plusSeconds(2),
                            i / 7.0,
                            i,
                            i % 3 == 0,
                            "{\"sku\":\"sku-"
                                    + i % 900
                                    + "\",\"price\":"
                                    + i % 100
                                    + ",\"note\":\"a\\tb\"}"));
            if (part.size() == 50_000 || i == rows - 1) {
                warehouse
                        .s3()
                        .put(
                                "speed/part-" + i + ".parquet",
                                ParquetFiles.of(Row.class, part, TimeUnit.MICROS));
                part.clear();
            }
        }
    }

    private static void report(String what, int rows, long started) {
        double seconds = (System.nanoTime() - started) / 1e9;
        System.out.printf(
                "%-16s %6.2f s %s%n",
                what, seconds, rows == 0 ? "" : "%.0f rows/s".formatted(rows / seconds));
    }
}
