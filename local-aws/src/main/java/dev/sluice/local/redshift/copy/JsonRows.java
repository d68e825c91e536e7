package dev.sluice.local.redshift.copy;

import dev.sluice.local.redshift.sql.Column;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Writes JSON objects as rows of COPY text: fields go to the columns of the same name, others are
/// ignored, missing ones are null, objects and arrays stay JSON text.
///
/// Source: Amazon Redshift Database Developer Guide, "COPY from JSON format", option 'auto'.
final class JsonRows {

    private static final JsonMapper JSON = new JsonMapper();

    private final List<Column> columns;
    private final CopyText out;

    JsonRows(List<Column> columns, CopyText out) {
        this.columns = columns;
        this.out = out;
    }

    /// @return how many rows were written
    long write(String file, InputStream json, CopySink sink) throws IOException, LoadFailure {
        long rows = 0;
        try (MappingIterator<JsonNode> objects = JSON.readerFor(JsonNode.class).readValues(json)) {
            while (objects.hasNextValue()) {
                JsonNode object = objects.nextValue();
                if (!object.isObject()) {
                    throw new LoadFailure(
                            file, "", "Invalid JSON: not an object at row " + (rows + 1));
                }
                row(object);
                rows++;
                out.drain(sink);
            }
        } catch (JacksonException e) {
            if (e.getCause() instanceof IOException io) {
                throw io;
            }
            throw new LoadFailure(file, "", "Invalid JSON after row " + rows);
        }
        return rows;
    }

    private void row(JsonNode object) {
        for (int i = 0; i < columns.size(); i++) {
            if (i > 0) {
                out.tab();
            }
            JsonNode value = object.path(columns.get(i).name());
            if (value.isMissingNode() || value.isNull()) {
                out.nullValue();
            } else {
                boolean json = columns.get(i).typeOid() == Column.SUPER || !value.isString();
                String text = json ? value.toString() : value.asString();
                out.text(text.getBytes(StandardCharsets.UTF_8));
            }
        }
        out.endRow();
    }
}
