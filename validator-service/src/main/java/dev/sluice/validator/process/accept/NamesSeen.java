package dev.sluice.validator.process.accept;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// The names of an event's objects that no rule speaks of, to see when one comes twice. The parser
/// can see to that too, at a quarter of the whole cost of an event.
final class NamesSeen {

    private static final int FIRST_SLOTS = 64;

    /// Names that meet in more slots than these were made to meet.
    private static final int MOST_PROBES = 64;

    private @Nullable String[] names = new String[FIRST_SLOTS];
    private int[] objects = new int[FIRST_SLOTS];
    private int used;
    private int lastObject;

    /// A number for the object that begins.
    int newObject() {
        return ++lastObject;
    }

    /// Whether the name is the first of its kind in the object, for all that can be seen.
    boolean isFirst(int object, String name) {
        if (2 * used >= names.length) {
            grow();
        }
        return put(object, name);
    }

    /// Reads to the end of an object that may be anything.
    ///
    /// @return false if a name comes twice in it, or in an object within
    boolean skipObject(JsonParser parser) {
        int object = newObject();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            if (!isFirst(object, parser.currentName()) || !skip(parser.nextToken(), parser)) {
                return false;
            }
        }
        return true;
    }

    /// The same for a list.
    boolean skipList(JsonParser parser) {
        for (JsonToken token = parser.nextToken();
                token != JsonToken.END_ARRAY;
                token = parser.nextToken()) {
            if (!skip(token, parser)) {
                return false;
            }
        }
        return true;
    }

    private boolean skip(@Nullable JsonToken token, JsonParser parser) {
        if (token == JsonToken.START_OBJECT) {
            return skipObject(parser);
        }
        return token == JsonToken.START_ARRAY ? skipList(parser) : token != null;
    }

    private boolean put(int object, String name) {
        int mask = names.length - 1;
        int slot = spread(31 * name.hashCode() + object) & mask;
        for (int probes = 0; probes < MOST_PROBES; probes++) {
            String there = names[slot];
            if (there == null) {
                names[slot] = name;
                objects[slot] = object;
                used++;
                return true;
            }
            if (objects[slot] == object && there.equals(name)) {
                return false;
            }
            slot = (slot + 1) & mask;
        }
        return false;
    }

    private void grow() {
        @Nullable String[] before = names;
        int[] owners = objects;
        names = new String[2 * before.length];
        objects = new int[2 * before.length];
        used = 0;
        for (int i = 0; i < before.length; i++) {
            String name = before[i];
            if (name != null) {
                var _ = put(owners[i], name);
            }
        }
    }

    private static int spread(int hash) {
        int mixed = hash * 0x9E3779B9;
        return mixed ^ (mixed >>> 16);
    }
}
