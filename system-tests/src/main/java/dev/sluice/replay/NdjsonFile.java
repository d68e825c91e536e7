package dev.sluice.replay;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/// An event as JSON on each line. Without a map its bytes stay as they are.
///
/// @param fields which of the outermost members belong elsewhere
public record NdjsonFile(FieldMap fields) implements HistoryFile {

    private static final JsonMapper JSON = JsonMapper.shared();

    @Override
    public void read(InputStream file, Consumer<HistoryLine> events, Consumer<HistoryLine.Bad> bad)
            throws IOException {
        BufferedReader reader =
                new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8));
        long number = 0;
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            byte[] origin = line.getBytes(StandardCharsets.UTF_8);
            if (fields.places().isEmpty()) {
                events.accept(new HistoryLine(number, origin, origin));
            } else {
                mapped(number, origin, events, bad);
            }
        }
    }

    private void mapped(
            long number,
            byte[] origin,
            Consumer<HistoryLine> events,
            Consumer<HistoryLine.Bad> bad) {
        JsonNode parsed;
        try {
            parsed = JSON.readTree(origin);
        } catch (JacksonException e) {
            parsed = JSON.nullNode();
        }
        if (!(parsed instanceof ObjectNode event)) {
            bad.accept(new HistoryLine.Bad(number, "the line is no JSON object"));
            return;
        }
        fields.places()
                .forEach(
                        (field, place) -> {
                            JsonNode value = event.remove(field);
                            if (value != null) {
                                FieldMap.put(event, place, value);
                            }
                        });
        events.accept(
                new HistoryLine(number, origin, event.toString().getBytes(StandardCharsets.UTF_8)));
    }
}
