package dev.sluice.validator.process.accept;

import dev.sluice.contracts.json.JsonCursor;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/// The rules of the named fields of an object, found by the bytes of their names. Immutable.
final class FieldTable {

    private record Named(byte[] name, FieldRule rule) {}

    private final @Nullable Named[] slots;

    private FieldTable(int slots) {
        this.slots = new Named[slots];
    }

    static FieldTable of(Map<String, FieldRule> byName) {
        FieldTable table = new FieldTable(Integer.highestOneBit(2 * byName.size() + 1) * 2);
        byName.forEach(table::put);
        return table;
    }

    /// The rule of the field whose name was read last; null when it is not named.
    @Nullable FieldRule find(JsonCursor cursor) {
        int slot = first(cursor.nameHash());
        for (Named field = slots[slot]; field != null; field = slots[slot]) {
            if (cursor.isNamed(field.name())) {
                return field.rule();
            }
            slot = next(slot);
        }
        return null;
    }

    /// Spreads the hashes of names over a table.
    static int spread(int hash) {
        int mixed = hash * 0x9E3779B9;
        return mixed ^ (mixed >>> 16);
    }

    private void put(String name, FieldRule rule) {
        int slot = first(name.hashCode());
        while (slots[slot] != null) {
            slot = next(slot);
        }
        slots[slot] = new Named(name.getBytes(StandardCharsets.UTF_8), rule);
    }

    private int first(int hash) {
        return spread(hash) & (slots.length - 1);
    }

    private int next(int slot) {
        return (slot + 1) & (slots.length - 1);
    }
}
