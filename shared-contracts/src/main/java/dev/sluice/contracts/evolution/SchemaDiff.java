package dev.sluice.contracts.evolution;

import dev.sluice.contracts.schema.Contract;
import dev.sluice.contracts.schema.PiiClass;
import dev.sluice.contracts.schema.References;
import dev.sluice.contracts.schema.SchemaKeywords;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Walks two versions of a schema side by side and lists what is different.
final class SchemaDiff {

    /// Keywords that have a rule of their own here.
    private static final Set<String> OWN_RULE =
            Set.of(
                    "properties",
                    "required",
                    "additionalProperties",
                    "items",
                    "const",
                    "enum",
                    "x-pii",
                    "x-column");

    private record Pair(JsonNode older, JsonNode newer) {}

    private final References olderReferences;
    private final References newerReferences;
    private final List<Change> changes = new ArrayList<>();
    private final Set<Pair> followed = new HashSet<>();

    private SchemaDiff(JsonNode older, JsonNode newer) {
        olderReferences = new References(older);
        newerReferences = new References(newer);
    }

    /// In the order of the newer document.
    static List<Change> between(Contract older, Contract newer) {
        JsonNode before = older.document();
        JsonNode now = newer.document();
        SchemaDiff diff = new SchemaDiff(before, now);
        boolean envelope = newer.id().eventType().equals(Contract.ENVELOPE);
        diff.compare(before, now, envelope ? "" : "/properties");
        return diff.changes;
    }

    private void compare(JsonNode olderSchema, JsonNode newerSchema, String pointer) {
        boolean refers = References.isReference(olderSchema) || References.isReference(newerSchema);
        if (refers && !followed.add(new Pair(olderSchema, newerSchema))) {
            return; // a schema that holds itself
        }
        JsonNode older = olderReferences.resolve(olderSchema);
        JsonNode newer = newerReferences.resolve(newerSchema);
        if (!olderReferences.target(older).equals(newerReferences.target(newer))) {
            changed(ChangeLevel.MODEL, pointer, "refers to something else");
        }
        for (String keyword : names(older, newer)) {
            if (!SchemaKeywords.isRemark(keyword) && !OWN_RULE.contains(keyword)) {
                keyword(keyword, older.get(keyword), newer.get(keyword), pointer);
            }
        }
        keyword("enum", values(older), values(newer), pointer);
        required(older, newer, pointer);
        properties(older, newer, pointer);
        nested("items", older, newer, pointer);
        nested("additionalProperties", older, newer, pointer);
        personalData(older, newer, pointer);
        column(older.get("x-column"), newer.get("x-column"), pointer);
    }

    private void keyword(
            String keyword, @Nullable JsonNode older, @Nullable JsonNode newer, String pointer) {
        switch (Keywords.compare(keyword, older, newer)) {
            case SAME -> {}
            case WIDER -> changed(ChangeLevel.REVISION, pointer, difference(keyword, older, newer));
            case NARROWER -> changed(ChangeLevel.MODEL, pointer, difference(keyword, older, newer));
        }
    }

    private void properties(JsonNode older, JsonNode newer, String pointer) {
        JsonNode before = older.path("properties");
        JsonNode now = newer.path("properties");
        Set<String> required = texts(newer.path("required"));
        for (String name : names(now, before)) {
            String field = child(pointer, name);
            if (!now.has(name)) {
                changed(ChangeLevel.MODEL, field, "is removed");
            } else if (before.has(name)) {
                compare(before.path(name), now.path(name), field);
            } else if (!required.contains(name)) {
                changed(ChangeLevel.ADDITION, field, "is new");
            }
        }
    }

    private void required(JsonNode older, JsonNode newer, String pointer) {
        Set<String> before = texts(older.path("required"));
        Set<String> now = texts(newer.path("required"));
        for (String name : now) {
            if (!before.contains(name)) {
                changed(ChangeLevel.MODEL, child(pointer, name), "is newly required");
            }
        }
        for (String name : before) {
            if (!now.contains(name) && newer.path("properties").has(name)) {
                changed(ChangeLevel.REVISION, child(pointer, name), "is no longer required");
            }
        }
    }

    /// The schema of what has no name of its own; where there is none, anything goes.
    private void nested(String keyword, JsonNode older, JsonNode newer, String pointer) {
        JsonNode before = older.path(keyword);
        JsonNode now = newer.path(keyword);
        if (!before.equals(now) || before.isContainer()) {
            compare(
                    before.isMissingNode() ? References.ANYTHING : before,
                    now.isMissingNode() ? References.ANYTHING : now,
                    pointer + "/*");
        }
    }

    /// Weaker classes are refused by {@link ContractEvolution} whatever the version says.
    private void personalData(JsonNode older, JsonNode newer, String pointer) {
        String before = older.path("x-pii").asString(PiiClass.NONE.text());
        String now = newer.path("x-pii").asString(PiiClass.NONE.text());
        if (!before.equals(now)) {
            changed(ChangeLevel.REVISION, pointer, "x-pii is %s, before %s".formatted(now, before));
        }
    }

    private void column(@Nullable JsonNode older, @Nullable JsonNode newer, String pointer) {
        if (older == null && newer != null) {
            changed(ChangeLevel.ADDITION, pointer, "has a column, " + text(newer));
        } else if (older != null && newer == null) {
            changed(ChangeLevel.MODEL, pointer, "has no column any more, before " + text(older));
        } else if (older != null && newer != null && !older.equals(newer)) {
            changed(
                    ChangeLevel.MODEL,
                    pointer,
                    "column is %s, before %s".formatted(text(newer), text(older)));
        }
    }

    private void changed(ChangeLevel level, String pointer, String what) {
        changes.add(new Change(level, pointer, what));
    }

    /// A constant is an enumeration of one.
    private static @Nullable JsonNode values(JsonNode schema) {
        JsonNode constant = schema.get("const");
        return constant == null
                ? schema.get("enum")
                : JsonNodeFactory.instance.arrayNode().add(constant);
    }

    private static String difference(
            String keyword, @Nullable JsonNode older, @Nullable JsonNode newer) {
        if (keyword.equals("not") && References.ANYTHING.equals(newer == null ? older : newer)) {
            return newer == null ? "is allowed now" : "is not allowed any more";
        }
        return "%s is %s, before %s".formatted(keyword, text(newer), text(older));
    }

    private static String text(@Nullable JsonNode value) {
        if (value == null) {
            return "absent";
        }
        return value.isString() ? value.stringValue() : value.toString();
    }

    private static String child(String pointer, String name) {
        return pointer + '/' + name.replace("~", "~0").replace("/", "~1");
    }

    private static Set<String> names(JsonNode first, JsonNode second) {
        Set<String> names = new LinkedHashSet<>(first.propertyNames());
        names.addAll(second.propertyNames());
        return names;
    }

    private static Set<String> texts(JsonNode list) {
        Set<String> texts = new LinkedHashSet<>();
        list.valueStream().forEach(each -> texts.add(each.asString("")));
        return texts;
    }
}
