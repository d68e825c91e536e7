package dev.sluice.cli;

import dev.sluice.contracts.rejection.QuarantineRecord;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;

/// Events in lines of JSON: as clients post them, or as the quarantine keeps them.
final class EventLines {

    private static final JsonMapper JSON = JsonMapper.shared();

    private EventLines() {}

    /// Gives the event type and the properties of each event of a file; `.gz` is unpacked. What is
    /// no event is passed over.
    ///
    /// @param wanted which records of the quarantine count
    static void read(
            Path file, Predicate<QuarantineRecord> wanted, BiConsumer<String, JsonNode> events)
            throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            read(file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in, wanted, events);
        }
    }

    static void read(
            InputStream in, Predicate<QuarantineRecord> wanted, BiConsumer<String, JsonNode> events)
            throws IOException {
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            JsonNode event = event(line, wanted);
            String type = event.path("event_type").asString("");
            if (!type.isEmpty()) {
                events.accept(type, event.path("properties"));
            }
        }
    }

    private static JsonNode event(String line, Predicate<QuarantineRecord> wanted) {
        try {
            JsonNode json = JSON.readTree(line);
            if (!json.has("quarantine_id")) {
                return json;
            }
            QuarantineRecord refused = QuarantineRecord.decode(line);
            return wanted.test(refused) ? JSON.readTree(refused.original()) : JSON.missingNode();
        } catch (JacksonException | IllegalArgumentException e) {
            return JSON.missingNode();
        }
    }
}
