package dev.sluice.contracts.schema;

import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Collects columns, PII classes and first versions from the `properties` and `items` of a
/// schema, in document order.
final class FieldWalk {

    private static final String ANY_INDEX = "/*";

    private final String file;
    private final List<DeclaredColumn> columns = new ArrayList<>();
    private final Map<String, PiiClass> piiClasses = new HashMap<>();
    private final Map<String, SchemaVer> since = new HashMap<>();

    private final References references;
    private final Set<String> followed = new HashSet<>();

    FieldWalk(String file, JsonNode document) {
        this.file = file;
        references = new References(document);
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

    Map<String, SchemaVer> since() {
        return since;
    }

    private void visit(JsonNode schema, String pointer) {
        String reference = schema.path(References.KEYWORD).asString("");
        JsonNode field = references.resolve(schema);
        if (References.isReference(field)) {
            throw new InvalidContract(
                    file,
                    "field %s has a $ref to %s, which is not in this file or has a rule that stands beside the $ref too"
                            .formatted(pointer, reference));
        }
        if (!reference.isEmpty() && !followed.add(reference)) {
            throw new InvalidContract(file, "field " + pointer + " holds itself by a $ref");
        }
        collect(field, pointer);
        followed.remove(reference);
    }

    private void collect(JsonNode field, String pointer) {
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
        since.put(pointer, since(field, pointer));
        if (field.has("x-column")) {
            columns.add(column(field.path("x-column"), pointer, description));
        }
        walk(field, pointer);
    }

    private SchemaVer since(JsonNode field, String pointer) {
        try {
            return SchemaVer.parse(field.path("x-since").asString(""));
        } catch (IllegalArgumentException e) {
            throw new InvalidContract(
                    file,
                    "field %s needs x-since, the version it came with: %s"
                            .formatted(pointer, e.getMessage()),
                    e);
        }
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
