package dev.sluice.replay;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.csv.CsvMapper;
import tools.jackson.dataformat.csv.CsvReadFeature;
import tools.jackson.dataformat.csv.CsvSchema;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Consumer;

/// Events as comma-separated values (RFC 4180) under a line with the names of the columns. An empty
/// value is none; one among the properties that JSON would write as a number, `true` or `false`
/// is that.
///
/// @param fields where columns belong
public record CsvFile(FieldMap fields) implements HistoryFile {

    private static final CsvMapper CSV =
            CsvMapper.builder().enable(CsvReadFeature.SKIP_EMPTY_LINES).build();
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String SCALAR = "true|false|-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?";

    @Override
    public void read(
            InputStream file, Consumer<HistoryLine> events, Consumer<HistoryLine.Bad> bad) {
        try (MappingIterator<Map<String, String>> rows =
                CSV.readerForMapOf(String.class)
                        .with(CsvSchema.emptySchema().withHeader())
                        .readValues(file)) {
            long before = -1;
            while (true) {
                try {
                    if (!rows.hasNextValue()) {
                        return;
                    }
                    events.accept(line(number(rows), rows.nextValue()));
                } catch (JacksonException e) {
                    long number = number(rows);
                    bad.accept(new HistoryLine.Bad(number, "the line is no row of the table"));
                    if (number == before) { // there is no way on
                        return;
                    }
                    before = number;
                }
            }
        }
    }

    private static long number(MappingIterator<?> rows) {
        return rows.currentLocation().getLineNr();
    }

    private HistoryLine line(long number, Map<String, String> row) {
        ObjectNode event = JSON.createObjectNode();
        row.forEach(
                (column, value) -> {
                    if (value != null && !value.isEmpty()) {
                        String place = fields.place(column);
                        FieldMap.put(event, place, value(place, value));
                    }
                });
        byte[] origin = row.toString().getBytes(StandardCharsets.UTF_8);
        return new HistoryLine(number, origin, event.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static JsonNode value(String place, String text) {
        return !FieldMap.isText(place) && text.matches(SCALAR)
                ? JSON.readTree(text)
                : JSON.getNodeFactory().stringNode(text);
    }
}
