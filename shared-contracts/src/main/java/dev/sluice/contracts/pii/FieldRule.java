package dev.sluice.contracts.pii;

import dev.sluice.contracts.json.JsonCursor;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/// What a contract says of a field, and of those in it. Immutable.
public final class FieldRule {

    private final Treatment treatment;
    private final Map<String, FieldRule> fields;
    private final @Nullable FieldRule items;
    private final byte[][] names;
    private final int[] hashes;
    private final FieldRule[] rules;

    /// @param items of the list that the field is
    FieldRule(Treatment treatment, Map<String, FieldRule> fields, @Nullable FieldRule items) {
        this.treatment = treatment;
        this.fields = Map.copyOf(fields);
        this.items = items;
        names =
                this.fields.keySet().stream()
                        .map(name -> name.getBytes(StandardCharsets.UTF_8))
                        .toArray(byte[][]::new);
        hashes = this.fields.keySet().stream().mapToInt(String::hashCode).toArray();
        rules = this.fields.values().toArray(FieldRule[]::new);
    }

    Treatment treatment() {
        return treatment;
    }

    /// How items of the list are treated that the field is.
    Treatment itemTreatment() {
        return items == null ? Treatment.UNKNOWN : items.treatment;
    }

    @Nullable FieldRule items() {
        return items;
    }

    /// The rule of a field of this object; null if the contract has none.
    @Nullable FieldRule field(String name) {
        return fields.get(name);
    }

    /// The rule of the field whose name was read last.
    @Nullable FieldRule field(JsonCursor cursor) {
        int hash = cursor.nameHash();
        for (int i = 0; i < hashes.length; i++) {
            if (hashes[i] == hash && cursor.isNamed(names[i])) {
                return rules[i];
            }
        }
        return null;
    }
}
