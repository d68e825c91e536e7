package dev.sluice.contracts.schema;

import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Collects columns and PII classes from the `properties` and `items` of a schema, in document
/// order.
final class FieldWalk {

    private static final String ANY_INDEX = "/*";

    private final String file;
    private final List<DeclaredColumn> columns = new ArrayList<>();
    private final Map<String, PiiClass> piiClasses = new HashMap<>();

    FieldWalk(String file) {
        this.file = file;
    }

    void walk(JsonNode schema, String pointer) {
        for (Map.Entry<String, JsonNode> field : schema.path("properties").properties()) {
            String name = field.getKey().replace("~", "~0").replace("/", "~1");
            visit(field.getValue(), pointer + "/" + name);
        }
        if (schema.path("items").isObject()) {
            visit(schema.path("items"), pointer + ANY_INDEX);
        }
    }

    List<DeclaredColumn> columns() {
        return columns;
    }

    Map<String, PiiClass> piiClasses() {
        return piiClasses;
    }

    private void visit(JsonNode field, String pointer) {
        String description = field.path("description").asString("");
        if (description.isBlank()) {
            throw new InvalidContract(file, "field " + pointer + " has no description");
        }
        String pii = field.path("x-pii").asString("");
        piiClasses.put(
                pointer,
                PiiClass.parse(pii)
                        .orElseThrow(
                                () ->
                                        new InvalidContract(
                                                file,
                                                "field "
                                                        + pointer
                                                        + " needs x-pii none, mask, hash or drop")));
        if (field.has("x-column")) {
            columns.add(column(field.path("x-column"), pointer, description));
        }
        walk(field, pointer);
    }

    private DeclaredColumn column(JsonNode column, String pointer, String description) {
        if (pointer.contains(ANY_INDEX)) {
            throw new InvalidContract(file, "a column cannot come from inside a list: " + pointer);
        }
        if (!column.path("name").isString() || !column.path("type").isString()) {
            throw new InvalidContract(file, "x-column of " + pointer + " needs a name and a type");
        }
        return new DeclaredColumn(
                column.path("name").stringValue(),
                column.path("type").stringValue(),
                JsonPointer.compile(pointer),
                description);
    }
}
