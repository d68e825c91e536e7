package dev.sluice.loader.process;

import dev.sluice.contracts.event.Bytes;
import dev.sluice.contracts.table.ColumnType;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

import java.util.Arrays;
import java.util.Optional;

/// Walks once through one section and fills the columns of a row that come from it.
final class SectionReader {

    private static final JsonFactory JSON = new JsonFactory();

    private final Bytes section;
    private final JsonParser parser;
    private final @Nullable Object[] row;

    private SectionReader(Bytes section, JsonParser parser, @Nullable Object[] row) {
        this.section = section;
        this.parser = parser;
        this.row = row;
    }

    /// @throws MisfitException at the first value that does not fit its column
    /// @throws tools.jackson.core.JacksonException if the section is not JSON
    static void read(Bytes section, FieldTree fields, @Nullable Object[] row)
            throws MisfitException {
        try (JsonParser parser =
                JSON.createParser(
                        ObjectReadContext.empty(),
                        section.array(),
                        section.offset(),
                        section.length())) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                new SectionReader(section, parser, row).object(fields);
            }
        }
    }

    private void object(FieldTree fields) throws MisfitException {
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            FieldTree field = fields.child(parser.currentName());
            parser.nextToken();
            if (field == null) {
                parser.skipChildren();
            } else {
                value(field);
            }
        }
    }

    private void value(FieldTree field) throws MisfitException {
        TargetColumn column = field.target();
        if (column != null && column.type() instanceof ColumnType.Super) {
            whole(field, column);
        } else if (column != null) {
            row[column.index()] = ValueReader.read(parser, column);
        } else if (parser.currentToken() == JsonToken.START_OBJECT) {
            object(field);
        } else {
            parser.skipChildren();
        }
    }

    /// The bytes of the value as they stand; on the way through it, what other columns want of it.
    private void whole(FieldTree field, TargetColumn column) throws MisfitException {
        int from = position(parser.currentTokenLocation().getByteOffset());
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return;
        }
        if (parser.currentToken() == JsonToken.START_OBJECT && !field.isLeaf()) {
            object(field);
        } else if (parser.currentToken() == JsonToken.VALUE_STRING) {
            parser.finishToken();
        } else {
            parser.skipChildren();
        }
        int to = position(parser.currentLocation().getByteOffset());
        if (to - from > ColumnType.Varchar.MAX_BYTES) {
            throw new MisfitException(
                    column.name(),
                    "holds %d bytes of JSON, the value has %d"
                            .formatted(ColumnType.Varchar.MAX_BYTES, to - from));
        }
        byte[] json = Arrays.copyOfRange(section.array(), from, to);
        Optional<String> misfit = SuperJson.misfit(json);
        if (misfit.isPresent()) {
            throw new MisfitException(column.name(), misfit.get());
        }
        row[column.index()] = json;
    }

    private int position(long offset) {
        return section.offset() + (int) offset;
    }
}
