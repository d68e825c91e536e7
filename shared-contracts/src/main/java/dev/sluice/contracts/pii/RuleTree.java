package dev.sluice.contracts.pii;

import dev.sluice.contracts.pii.text.PiiKind;
import dev.sluice.contracts.pii.text.Telling;
import dev.sluice.contracts.pii.text.TellingNames;
import dev.sluice.contracts.schema.Contract;
import dev.sluice.contracts.schema.PiiClass;
import dev.sluice.contracts.table.ColumnType;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Makes the tree of rules out of the pointers of a contract.
final class RuleTree {

    private static final String ANY_INDEX = "*";

    /// By which a person or a device is known, wherever a contract says nothing of it.
    private static final List<String> IDS =
            List.of("/anonymous_id", "/user_id", "/session_id", "/properties/previous_id");

    private final Map<String, RuleTree> below = new HashMap<>();
    private PiiClass pii = PiiClass.NONE;
    private int maxChars = Integer.MAX_VALUE;
    private int maxBytes = Integer.MAX_VALUE;

    private boolean id;

    private RuleTree() {}

    /// @param contracts of one event: the envelope and that of its type
    static FieldRule of(Contract... contracts) {
        RuleTree root = new RuleTree();
        for (Contract contract : contracts) {
            root.add(contract);
        }
        for (String each : IDS) {
            root.at(JsonPointer.compile(each)).id = true;
        }
        return root.rule("");
    }

    private void add(Contract contract) {
        JsonNode document = contract.document();
        contract.piiClasses()
                .forEach(
                        (pointer, pii) -> {
                            RuleTree field = at(JsonPointer.compile(pointer));
                            field.pii = pii;
                            field.maxChars = maxLength(contract, document, pointer);
                        });
        contract.columns()
                .forEach(
                        column ->
                                at(column.pointer()).maxBytes =
                                        ColumnType.parse(column.type())
                                                        instanceof ColumnType.Varchar(int bytes)
                                                ? bytes
                                                : Integer.MAX_VALUE);
    }

    private RuleTree at(JsonPointer pointer) {
        RuleTree at = this;
        for (JsonPointer rest = pointer; !rest.matches(); rest = rest.tail()) {
            at = at.below.computeIfAbsent(rest.getMatchingProperty(), _ -> new RuleTree());
        }
        return at;
    }

    private FieldRule rule(String called) {
        Map<String, FieldRule> fields = new HashMap<>();
        below.forEach(
                (name, tree) ->
                        fields.put(name, tree.rule(name.equals(ANY_INDEX) ? called : name)));
        @Nullable FieldRule items = fields.remove(ANY_INDEX);
        return new FieldRule(treatment(called), fields, items);
    }

    private Treatment treatment(String name) {
        if (id) {
            return Treatment.ID;
        }
        @Nullable Telling telling = TellingNames.of(name);
        PiiKind kind = telling == null ? PiiKind.FIELD : telling.kind();
        return new Treatment(pii, kind, true, maxChars, maxBytes);
    }

    private static int maxLength(Contract contract, JsonNode document, String pointer) {
        JsonNode schema = document;
        JsonPointer rest = JsonPointer.compile(pointer);
        boolean ofType =
                pointer.startsWith("/properties/")
                        && !contract.id().eventType().equals(Contract.ENVELOPE);
        rest = ofType ? rest.tail() : rest;
        for (; !rest.matches(); rest = rest.tail()) {
            String name = rest.getMatchingProperty();
            JsonNode here = resolved(schema, document);
            schema =
                    name.equals(ANY_INDEX)
                            ? here.path("items")
                            : here.path("properties").path(name);
        }
        return resolved(schema, document).path("maxLength").asInt(Integer.MAX_VALUE);
    }

    private static JsonNode resolved(JsonNode schema, JsonNode document) {
        String reference = schema.path("$ref").asString("");
        return reference.startsWith("#/") ? document.at(reference.substring(1)) : schema;
    }
}
