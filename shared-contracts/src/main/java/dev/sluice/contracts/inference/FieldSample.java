package dev.sluice.contracts.inference;

import dev.sluice.contracts.event.Timestamps;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// What was seen at one place of many events: kinds and lengths, never values.
final class FieldSample {

    private final Set<String> types = new TreeSet<>();
    private final Map<String, FieldSample> fields = new TreeMap<>();
    private int present;
    private int longestText;
    private int longestList;
    private boolean onlyTimes = true;
    private @Nullable FieldSample items;

    void add(JsonNode value) {
        switch (value.getNodeType()) {
            case NULL, MISSING -> types.add("null");
            case BOOLEAN -> type("boolean");
            case NUMBER -> type(value.isIntegralNumber() ? "integer" : "number");
            case STRING, BINARY, POJO -> text(value.asString(""));
            case ARRAY -> list(value);
            case OBJECT -> {
                type("object");
                value.forEachEntry(
                        (name, field) ->
                                fields.computeIfAbsent(name, n -> new FieldSample()).add(field));
            }
        }
    }

    /// The types of JSON Schema, those of integers within those of numbers; without null.
    Set<String> types() {
        Set<String> all = new TreeSet<>(types);
        all.remove("null");
        if (all.contains("number")) {
            all.remove("integer");
        }
        return all;
    }

    /// In how many events it was there, and not null.
    int present() {
        return present;
    }

    /// In code points.
    int longestText() {
        return longestText;
    }

    int longestList() {
        return longestList;
    }

    /// Whether every text was an RFC 3339 time.
    boolean onlyTimes() {
        return onlyTimes && longestText > 0;
    }

    Map<String, FieldSample> fields() {
        return fields;
    }

    /// Of all items of all lists; null when there were none.
    @Nullable FieldSample items() {
        return items;
    }

    private void text(String text) {
        type("string");
        longestText = Math.max(longestText, text.codePointCount(0, text.length()));
        onlyTimes &= Timestamps.parse(text).isPresent();
    }

    private void list(JsonNode list) {
        type("array");
        longestList = Math.max(longestList, list.size());
        for (JsonNode item : list) {
            if (items == null) {
                items = new FieldSample();
            }
            items.add(item);
        }
    }

    private void type(String type) {
        types.add(type);
        present++;
    }
}
