package dev.sluice.enricher.process;

import dev.sluice.contracts.event.Bytes;
import dev.sluice.contracts.event.Timestamps;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.ByteArrayBuilder;

import java.util.List;

/// Writes the enrichment section: one JSON object, fields in the table's order, absent ones left
/// out.
final class EnrichmentSection {

    private static final JsonFactory JSON = new JsonFactory();

    private EnrichmentSection() {}

    static Bytes encode(EnrichmentFields fields) {
        ByteArrayBuilder bytes = new ByteArrayBuilder(512);
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
            json.writeStartObject();
            writeFields(json, fields);
            json.writeEndObject();
        }
        return Bytes.of(bytes.toByteArray());
    }

    private static void writeFields(JsonGenerator json, EnrichmentFields fields) {
        List<EnrichmentLayout.Place> places = fields.layout().places();
        String open = "";
        for (int i = 0; i < places.size(); i++) {
            FieldValue value = fields.value(i);
            if (value == null) {
                continue;
            }
            EnrichmentLayout.Place place = places.get(i);
            if (!place.group().equals(open)) {
                enter(json, open, place.group());
                open = place.group();
            }
            json.writeName(place.name());
            write(json, value);
        }
        enter(json, open, "");
    }

    /// Leaves the open object of the section, if there is one, and opens the next, if there is one.
    private static void enter(JsonGenerator json, String open, String next) {
        if (!open.isEmpty()) {
            json.writeEndObject();
        }
        if (!next.isEmpty()) {
            json.writeName(next);
            json.writeStartObject();
        }
    }

    private static void write(JsonGenerator json, FieldValue value) {
        switch (value) {
            case FieldValue.Text(String text) -> json.writeString(text);
            case FieldValue.Int(long number) -> json.writeNumber(number);
            case FieldValue.Decimal(double number) -> json.writeNumber(number);
            case FieldValue.Flag(boolean flag) -> json.writeBoolean(flag);
            case FieldValue.Time(var time) -> json.writeString(Timestamps.format(time));
        }
    }
}
