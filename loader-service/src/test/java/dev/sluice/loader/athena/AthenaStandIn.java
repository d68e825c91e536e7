package dev.sluice.loader.athena;

import dev.sluice.contracts.table.EventsTable;
import dev.sluice.loader.lake.FileLists;
import dev.sluice.runtime.objects.ObjectStore;
import dev.sluice.runtime.objects.ObjectSummary;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// DuckDB in the place of Athena: it reads the files that `symlink.txt` names in each partition,
/// and has the same views on them, word by word.
final class AthenaStandIn implements AutoCloseable {

    private static final Pattern HOUR = Pattern.compile("dt=([^/]*)/hour=([^/]*)/");

    private final ObjectStore objects;
    private final Path folder;
    private final Connection duck;

    /// @param folder for copies of the files
    AthenaStandIn(ObjectStore objects, Path folder) throws SQLException {
        this.objects = objects;
        this.folder = folder;
        this.duck = DriverManager.getConnection("jdbc:duckdb:");
        execute("SET TimeZone = 'UTC'");
        look();
    }

    /// Reads the lists anew, as Athena does for each query.
    void look() throws SQLException {
        execute(
                "CREATE OR REPLACE VIEW events_files AS SELECT * REPLACE ('"
                        + objects.uri("")
                        + "' || substr(\"$path\", "
                        + (folder.toString().length() + 2)
                        + ") AS \"$path\") FROM read_parquet(["
                        + files("").stream()
                                .map(file -> "'" + file + "'")
                                .collect(Collectors.joining(", "))
                        + "], filename = '$path', union_by_name = true, hive_partitioning = true,"
                        + " hive_types_autocast = false)");
        execute(
                "CREATE OR REPLACE TABLE events_loads (file_path VARCHAR, load_number BIGINT, dt VARCHAR, hour VARCHAR)");
        for (String load : loads()) {
            execute("INSERT INTO events_loads VALUES (" + load + ")");
        }
        for (String view : new AthenaTables(EventsTable.bundled(), "sluice", 400).statements()) {
            if (view.startsWith("CREATE OR REPLACE VIEW")) {
                execute(view);
            }
        }
    }

    /// The files of some hours.
    ///
    /// @param hours what the paths of these start with; empty for all
    List<Path> files(String hours) {
        String uri = objects.uri("");
        try (Stream<ObjectSummary> lists = objects.list(FileLists.ATHENA_PREFIX + hours)) {
            return lists.map(list -> objects.read(list.key()).orElseThrow())
                    .flatMap(list -> new String(list, StandardCharsets.UTF_8).lines())
                    .map(file -> local(file.substring(uri.length())))
                    .toList();
        }
    }

    /// The rows of `events_loads`, as SQL writes them.
    private List<String> loads() {
        try (Stream<ObjectSummary> hours = objects.list(FileLists.LOADS_PREFIX)) {
            return hours.flatMap(
                            hour ->
                                    new String(
                                                    objects.read(hour.key()).orElseThrow(),
                                                    StandardCharsets.UTF_8)
                                            .lines()
                                            .map(line -> load(hour.key(), line.split("\t"))))
                    .toList();
        }
    }

    private static String load(String key, String[] line) {
        Matcher hour = HOUR.matcher(key);
        if (!hour.find()) {
            throw new IllegalStateException(key + " names no hour");
        }
        return "'%s', %s, '%s', '%s'".formatted(line[0], line[1], hour.group(1), hour.group(2));
    }

    private Path local(String key) {
        Path file = folder.resolve(key);
        try {
            Files.createDirectories(file.getParent());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!Files.exists(file) && !objects.download(key, file)) {
            throw new IllegalStateException(key + " is listed and gone");
        }
        return file;
    }

    /// The answer, a line for each row.
    List<String> ask(String sql, String from, String to) throws SQLException {
        return ask(duck, sql, from, to);
    }

    static List<String> ask(Connection connection, String sql, String from, String to)
            throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            long marks = sql.chars().filter(each -> each == '?').count();
            for (int i = 1; i <= marks; i++) {
                query.setString(i, i % 2 == 1 ? from : to);
            }
            return rows(query.executeQuery());
        }
    }

    List<String> query(String sql) throws SQLException {
        try (Statement statement = duck.createStatement()) {
            return rows(statement.executeQuery(sql));
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = duck.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<String> rows(ResultSet result) throws SQLException {
        List<String> rows = new ArrayList<>();
        while (result.next()) {
            List<String> values = new ArrayList<>();
            for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                Object value = result.getObject(i);
                values.add(
                        value instanceof Number number
                                ? new BigDecimal(number.toString())
                                        .stripTrailingZeros()
                                        .toPlainString()
                                : moment(Objects.toString(value)));
            }
            rows.add(String.join("|", values));
        }
        return rows;
    }

    /// A moment to the second, without a zone.
    private static String moment(String text) {
        return text.matches("\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d.*")
                ? text.substring(0, 16).replace('T', ' ')
                : text;
    }

    @Override
    public void close() throws SQLException {
        duck.close();
    }
}
