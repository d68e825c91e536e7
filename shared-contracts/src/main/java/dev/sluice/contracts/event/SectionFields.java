package dev.sluice.contracts.event;

import dev.sluice.contracts.json.JsonCursor;
import dev.sluice.contracts.json.JsonCursor.Next;
import dev.sluice.contracts.json.JsonKind;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Names and values of the flat object that a section is; the last one of a name counts. A section
/// has a dozen of them, so they are looked through one by one.
final class SectionFields {

    /// Those of receipt and checked facts, which need no text of their own when they are read.
    private static final String[] KNOWN = {
        "event_id",
        "tenant_id",
        "source_id",
        "received_ts",
        "partition_key",
        "ip",
        "user_agent",
        "event_type",
        "original_type",
        "schema_version",
        "event_ts",
        "client_event_ts",
        "sent_ts",
        "anonymous_id",
        "user_id",
        "session_id",
    };

    private static final byte[][] KNOWN_BYTES =
            Arrays.stream(KNOWN)
                    .map(name -> name.getBytes(StandardCharsets.US_ASCII))
                    .toArray(byte[][]::new);

    private static final int[] KNOWN_HASHES =
            Arrays.stream(KNOWN).mapToInt(String::hashCode).toArray();

    private @Nullable String[] names = new String[16];
    private @Nullable String[] values = new String[16];
    private int size;

    /// @return whether it could be read
    boolean readQuickly(JsonCursor cursor) {
        if (cursor.value() != JsonKind.OBJECT) {
            return false;
        }
        Next next = cursor.field(true);
        while (next == Next.ONE) {
            String name = name(cursor);
            if (name == null || cursor.value() != JsonKind.TEXT) {
                return false;
            }
            put(name, cursor.text());
            next = cursor.field(false);
        }
        return next == Next.END && cursor.isAtEnd();
    }

    void put(String name, String value) {
        if (size == names.length) {
            names = Arrays.copyOf(names, 2 * size);
            values = Arrays.copyOf(values, 2 * size);
        }
        names[size] = name;
        values[size++] = value;
    }

    @Nullable String get(String name) {
        for (int i = size - 1; i >= 0; i--) {
            if (name.equals(names[i])) {
                return values[i];
            }
        }
        return null;
    }

    private static @Nullable String name(JsonCursor cursor) {
        int hash = cursor.nameHash();
        for (int i = 0; i < KNOWN.length; i++) {
            if (KNOWN_HASHES[i] == hash && cursor.isNamed(KNOWN_BYTES[i])) {
                return KNOWN[i];
            }
        }
        return null;
    }
}
