package dev.sluice.cli;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.json.JsonMapper;

import java.io.PrintWriter;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// How the rows of a query are written.
enum TableFormat {
    /// Columns in line, for a person.
    TABLE {
        @Override
        void write(Rows rows, PrintWriter out) {
            List<List<String>> lines = new ArrayList<>();
            lines.add(rows.columns());
            rows.values().forEach(row -> lines.add(row.stream().map(TableFormat::text).toList()));
            int[] widths = new int[rows.columns().size()];
            lines.forEach(line -> widen(widths, line));
            out.println(line(lines.getFirst(), widths));
            out.println(
                    java.util.Arrays.stream(widths)
                            .mapToObj("-"::repeat)
                            .collect(Collectors.joining("  ")));
            lines.subList(1, lines.size()).forEach(line -> out.println(line(line, widths)));
            out.println("(" + rows.values().size() + " rows)");
        }
    },

    /// RFC 4180, with a header.
    CSV {
        @Override
        void write(Rows rows, PrintWriter out) {
            out.print(csv(rows.columns()) + "\r\n");
            rows.values()
                    .forEach(
                            row ->
                                    out.print(
                                            csv(row.stream().map(TableFormat::text).toList())
                                                    + "\r\n"));
        }
    },

    /// An array of objects.
    JSON {
        @Override
        void write(Rows rows, PrintWriter out) {
            List<Map<String, @Nullable Object>> objects = new ArrayList<>();
            for (List<@Nullable Object> row : rows.values()) {
                Map<String, @Nullable Object> object = new LinkedHashMap<>();
                for (int i = 0; i < row.size(); i++) {
                    object.put(rows.columns().get(i), plain(row.get(i)));
                }
                objects.add(object);
            }
            out.println(
                    JsonMapper.shared()
                            .writerWithDefaultPrettyPrinter()
                            .writeValueAsString(objects));
        }
    };

    abstract void write(Rows rows, PrintWriter out);

    /// A result read whole.
    record Rows(List<String> columns, List<List<@Nullable Object>> values) {

        static Rows of(ResultSet result) throws SQLException {
            ResultSetMetaData about = result.getMetaData();
            List<String> columns = new ArrayList<>();
            for (int i = 1; i <= about.getColumnCount(); i++) {
                columns.add(about.getColumnLabel(i));
            }
            List<List<@Nullable Object>> values = new ArrayList<>();
            while (result.next()) {
                List<@Nullable Object> row = new ArrayList<>();
                for (int i = 1; i <= columns.size(); i++) {
                    row.add(result.getObject(i));
                }
                values.add(Collections.unmodifiableList(row));
            }
            return new Rows(columns, values);
        }
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }

    private static @Nullable Object plain(@Nullable Object value) {
        return value == null || value instanceof Number || value instanceof Boolean
                ? value
                : value.toString();
    }

    private static String csv(List<String> fields) {
        return fields.stream()
                .map(
                        field ->
                                field.matches("(?s).*[\",\r\n].*")
                                        ? '"' + field.replace("\"", "\"\"") + '"'
                                        : field)
                .collect(Collectors.joining(","));
    }

    private static void widen(int[] widths, List<String> line) {
        for (int i = 0; i < widths.length; i++) {
            widths[i] = Math.max(widths[i], line.get(i).length());
        }
    }

    private static String line(List<String> fields, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            line.append(fields.get(i)).repeat(' ', widths[i] - fields.get(i).length() + 2);
        }
        return line.toString().stripTrailing();
    }
}
