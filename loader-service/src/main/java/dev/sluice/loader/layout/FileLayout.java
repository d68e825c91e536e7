package dev.sluice.loader.layout;

import dev.sluice.contracts.table.Column;
import dev.sluice.contracts.table.ColumnSource;
import dev.sluice.contracts.table.ColumnType;
import dev.sluice.contracts.table.EventsTable;
import dev.sluice.runtime.reference.Digests;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

import java.nio.charset.StandardCharsets;
import java.util.List;

/// The columns of a file, in their order. Parquet is loaded by position, so whoever loads a
/// file has to know them.
///
/// @param columns those of the staging table
public record FileLayout(List<Column> columns) {

    private static final int ID_LENGTH = 16;
    private static final JsonMapper JSON = JsonMapper.shared();

    public FileLayout {
        columns = List.copyOf(columns);
    }

    /// The layout of files for this table.
    public static FileLayout of(EventsTable table) {
        return new FileLayout(table.stagingColumns());
    }

    /// The same for the same columns; 16 hexadecimal digits.
    public String id() {
        return Digests.sha256(encode()).substring(0, ID_LENGTH);
    }

    /// Rows are gathered by their layout: it is asked for each, and there are few layouts.
    @Override
    public int hashCode() {
        return columns.size();
    }

    /// A JSON list of the columns' names and types.
    byte[] encode() {
        ArrayNode list = JSON.createArrayNode();
        for (Column column : columns) {
            list.addObject()
                    .put("name", column.name())
                    .put("type", column.type().sql())
                    .put("not_null", column.notNull());
        }
        return list.toString().getBytes(StandardCharsets.UTF_8);
    }

    /// Where the values came from is not told; nobody who loads a file needs it.
    ///
    /// @throws IllegalArgumentException if it is no layout
    static FileLayout decode(byte[] json) {
        try {
            return new FileLayout(
                    JSON.readTree(json).valueStream().map(FileLayout::column).toList());
        } catch (JacksonException e) {
            throw new IllegalArgumentException("not a layout", e);
        }
    }

    private static Column column(JsonNode json) {
        return new Column(
                json.required("name").stringValue(),
                ColumnType.parse(json.required("type").stringValue()),
                json.required("not_null").booleanValue(),
                new ColumnSource.Warehouse());
    }
}
