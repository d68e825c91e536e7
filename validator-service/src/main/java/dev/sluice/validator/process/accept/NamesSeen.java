package dev.sluice.validator.process.accept;

import dev.sluice.contracts.json.JsonCursor;
import dev.sluice.contracts.json.JsonCursor.Next;
import dev.sluice.contracts.json.JsonKind;

/// The names of an event's objects that no rule speaks of, to see when one comes twice.
final class NamesSeen {

    private static final int FIRST_SLOTS = 64;

    /// Names that meet in more slots than these were made to meet.
    private static final int MOST_PROBES = 64;

    /// Of each slot: the object, 0 in a free one; the name's hash; where the name is; its length.
    private static final int INTS = 4;

    private final JsonCursor cursor;
    private int[] slots = new int[INTS * FIRST_SLOTS];
    private int used;
    private int lastObject;

    /// @param cursor that reads the names
    NamesSeen(JsonCursor cursor) {
        this.cursor = cursor;
    }

    /// A number for the object that begins.
    int newObject() {
        return ++lastObject;
    }

    /// Whether the name that was read last is the first of its kind in the object, for all that can
    /// be seen.
    boolean isFirst(int object) {
        if (2 * INTS * used >= slots.length) {
            grow();
        }
        int hash = cursor.nameHash();
        int at = slot(object, hash);
        for (int probes = 0; probes < MOST_PROBES; probes++) {
            if (slots[at] == 0) {
                put(at, object, hash, cursor.nameFrom(), cursor.nameLength());
                return true;
            }
            if (slots[at] == object
                    && slots[at + 1] == hash
                    && cursor.isNamedAs(slots[at + 2], slots[at + 3])) {
                return false;
            }
            at = next(at);
        }
        return false;
    }

    /// Reads to the end of a value that may be anything.
    ///
    /// @param kind of the value
    /// @return false if it cannot be read, or a name comes twice in an object
    boolean skip(int kind) {
        return switch (kind) {
            case JsonKind.OBJECT -> skipObject();
            case JsonKind.LIST -> skipList();
            default -> kind != 0;
        };
    }

    private boolean skipObject() {
        int object = newObject();
        Next next = cursor.field(true);
        while (next == Next.ONE && isFirst(object) && skip(cursor.value())) {
            next = cursor.field(false);
        }
        return next == Next.END;
    }

    private boolean skipList() {
        Next next = cursor.item(true);
        while (next == Next.ONE && skip(cursor.value())) {
            next = cursor.item(false);
        }
        return next == Next.END;
    }

    private void put(int at, int object, int hash, int from, int length) {
        slots[at] = object;
        slots[at + 1] = hash;
        slots[at + 2] = from;
        slots[at + 3] = length;
        used++;
    }

    private int slot(int object, int hash) {
        return INTS * (FieldTable.spread(31 * hash + object) & (slots.length / INTS - 1));
    }

    private int next(int at) {
        return at + INTS == slots.length ? 0 : at + INTS;
    }

    private void grow() {
        int[] before = slots;
        slots = new int[2 * before.length];
        used = 0;
        for (int i = 0; i < before.length; i += INTS) {
            if (before[i] != 0) {
                int at = slot(before[i], before[i + 1]);
                while (slots[at] != 0) {
                    at = next(at);
                }
                put(at, before[i], before[i + 1], before[i + 2], before[i + 3]);
            }
        }
    }
}
