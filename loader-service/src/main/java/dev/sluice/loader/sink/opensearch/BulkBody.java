package dev.sluice.loader.sink.opensearch;

import dev.sluice.contracts.subject.SubjectId;
import dev.sluice.contracts.subject.SubjectKeys;
import dev.sluice.loader.layout.FileLayout;
import dev.sluice.loader.sink.SinkRow;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.io.SerializedString;
import tools.jackson.core.json.JsonFactory;

import java.io.ByteArrayOutputStream;
import java.util.List;

/// The body of a `_bulk` request, from the bytes of rows. For one request.
final class BulkBody {

    /// The field with the keys of an event's persons, by which an erasure finds it. Nobody without
    /// the secret can tell whose they are.
    static final String SUBJECTS = "subjects";

    private static final JsonFactory JSON =
            JsonFactory.builder().rootValueSeparator(new SerializedString("\n")).build();

    private static final int BYTES_OF_A_ROW = 1024;

    private final DailyIndex index;
    private final DocumentFields fields;
    private final SubjectKeys keys;
    private @Nullable FileLayout layout;
    private List<DocumentField> ofLayout = List.of();

    BulkBody(DailyIndex index, DocumentFields fields, SubjectKeys keys) {
        this.index = index;
        this.fields = fields;
        this.keys = keys;
    }

    byte[] of(List<SinkRow> rows) {
        ByteArrayOutputStream body = new ByteArrayOutputStream(rows.size() * BYTES_OF_A_ROW);
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), body)) {
            for (SinkRow row : rows) {
                action(json, row);
                document(json, row);
            }
        }
        body.write('\n');
        return body.toByteArray();
    }

    /// The name that an event's document has: ids of events are a tenant's own.
    static String id(SinkRow row) {
        return row.receipt().tenantId() + "/" + row.receipt().eventId();
    }

    private void action(JsonGenerator json, SinkRow row) {
        json.writeStartObject();
        json.writeName("index");
        json.writeStartObject();
        json.writeStringProperty("_index", index.of(row.receipt().receivedTs()));
        json.writeStringProperty("_id", id(row));
        json.writeStringProperty("version_type", "external_gte");
        json.writeNumberProperty("version", row.version());
        json.writeEndObject();
        json.writeEndObject();
    }

    private void document(JsonGenerator json, SinkRow row) {
        if (layout != row.layout()) {
            layout = row.layout();
            ofLayout = fields.of(layout);
        }
        json.writeStartObject();
        for (DocumentField field : ofLayout) {
            Object value = row.row().values()[field.index()];
            if (value != null) {
                field.write(json, value);
            }
        }
        json.writeName(SUBJECTS);
        json.writeStartArray();
        for (SubjectId subject : row.subjects()) {
            json.writeString(keys.of(row.receipt().tenantId(), subject).toString());
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
