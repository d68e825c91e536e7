package dev.sluice.crash;

import dev.sluice.loader.lake.FileLists;
import dev.sluice.loader.lake.LakeHour;
import dev.sluice.loader.lake.ListedFile;
import dev.sluice.runtime.objects.ObjectSummary;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a reader of the lake sees: the files of the lists, and of an event's rows in an hour one,
/// as the view `events` of Athena does. Which one the view takes is `RestatedLakeIT`'s to prove.
final class LakeAudit {

    /// In how many hours an event is shown, and of how many receipts, by the first of each hour.
    private static final String SHOWN =
            """
            SELECT event_id, COUNT(*), COUNT(DISTINCT received_ts) FROM (
              SELECT *, ROW_NUMBER() OVER (
                PARTITION BY hour, tenant_id, event_id
                ORDER BY received_ts, enriched_ts DESC NULLS LAST) AS copy_number
              FROM (SELECT tenant_id, event_id, received_ts, enriched_ts,
                regexp_extract(filename, 'dt=[^/]*/hour=[0-9]*') AS hour FROM %1$s))
            WHERE copy_number = 1 GROUP BY tenant_id, event_id
            """;

    private static final String TWICE_IN_AN_HOUR =
            """
            SELECT event_id, COUNT(*), 1 FROM (
              SELECT tenant_id, event_id,
                regexp_extract(filename, 'dt=[^/]*/hour=[0-9]*') AS hour FROM %1$s)
            GROUP BY hour, tenant_id, event_id HAVING COUNT(*) > 1
            """;

    private final FileLists lists;
    private final Path bucket;
    private final Duration patience;

    /// @param bucket the folder that is the bucket
    /// @param patience until the lists have what is loaded
    LakeAudit(FileLists lists, Path bucket, Duration patience) {
        this.lists = lists;
        this.bucket = bucket;
        this.patience = patience;
    }

    /// What is in the lists.
    ///
    /// @param shown how often a reader sees each event
    /// @param twice what is seen more than once without being two receipts in two hours
    /// @param compactedTwice events with two rows in the compacted files of an hour
    /// @param files listed
    /// @param compacted of them
    record Contents(
            Map<String, Integer> shown,
            Set<String> twice,
            Set<String> compactedTwice,
            int files,
            long compacted) {

        List<Finding> findings(Set<String> loaded) {
            return List.of(
                    Finding.of("the lake shows every event that is a row", missing(loaded)),
                    Finding.of("the lake shows no event twice", twice),
                    Finding.of("compacted files hold each event once", compactedTwice),
                    Finding.of(
                            "hours were compacted",
                            compacted == 0 ? List.of("no file is a compacted one") : List.of()));
        }

        private Set<String> missing(Set<String> loaded) {
            Set<String> missing = new TreeSet<>(loaded);
            missing.removeAll(shown.keySet());
            return missing;
        }

        String note() {
            return "lake: %,d files listed, %,d of them compacted".formatted(files, compacted);
        }
    }

    /// Reads the lists when they have all that is loaded, or do not get it any more.
    Contents read(Set<String> loaded) throws SQLException, InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            boolean last = System.nanoTime() >= deadline;
            try {
                Contents contents = contents();
                if (last || contents.missing(loaded).isEmpty()) {
                    return contents;
                }
            } catch (SQLException e) {
                // A file that was replaced may go between the list and its reader.
                if (last) {
                    throw e;
                }
            }
            TimeUnit.SECONDS.sleep(1);
        }
    }

    private Contents contents() throws SQLException {
        List<ListedFile> files = files();
        List<ListedFile> compacted = files.stream().filter(ListedFile::compacted).toList();
        Map<String, Integer> shown = new HashMap<>();
        Set<String> twice = new TreeSet<>();
        Set<String> compactedTwice = new TreeSet<>();
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement()) {
            ask(
                    statement,
                    SHOWN,
                    files,
                    (event, hours, receipts) -> {
                        shown.put(event, hours);
                        if (receipts < hours) {
                            twice.add(event);
                        }
                    });
            ask(statement, TWICE_IN_AN_HOUR, compacted, (event, _, _) -> compactedTwice.add(event));
        }
        return new Contents(shown, twice, compactedTwice, files.size(), compacted.size());
    }

    private interface Row {
        void read(String event, int hours, int receipts);
    }

    private void ask(Statement statement, String query, List<ListedFile> files, Row row)
            throws SQLException {
        if (files.isEmpty()) {
            return;
        }
        String names =
                files.stream()
                        .map(file -> "'" + bucket.resolve(file.key()).toAbsolutePath() + "'")
                        .collect(Collectors.joining(", "));
        String source =
                "read_parquet([%s], union_by_name = true, filename = true,".formatted(names)
                        + " hive_partitioning = false)";
        try (ResultSet result = statement.executeQuery(query.formatted(source))) {
            while (result.next()) {
                row.read(result.getString(1), result.getInt(2), result.getInt(3));
            }
        }
    }

    private List<ListedFile> files() {
        List<ListedFile> files = new ArrayList<>();
        try (Stream<ObjectSummary> all = lists.all()) {
            all.flatMap(list -> LakeHour.of(list.key()).stream())
                    .forEach(hour -> files.addAll(lists.read(hour).files()));
        }
        return files;
    }
}
