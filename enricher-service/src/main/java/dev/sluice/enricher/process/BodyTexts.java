package dev.sluice.enricher.process;

import dev.sluice.contracts.event.Bytes;
import dev.sluice.contracts.json.JsonCursor;
import dev.sluice.contracts.json.JsonCursor.Next;
import dev.sluice.contracts.json.JsonKind;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Reads the {@link BodyField}s of one object of a body in one pass over its bytes, which ends with
/// that object.
final class BodyTexts {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Map<String, Node> TREES =
            Arrays.stream(BodyField.values())
                    .map(BodyField::object)
                    .distinct()
                    .collect(Collectors.toUnmodifiableMap(Function.identity(), BodyTexts::tree));

    /// A name and what is below it.
    private static final class Node {
        private final byte[] name;
        private final List<Node> fields = new ArrayList<>();
        private int field = -1;

        Node(String name) {
            this.name = name.getBytes(StandardCharsets.UTF_8);
        }

        Node child(String called) {
            byte[] bytes = called.getBytes(StandardCharsets.UTF_8);
            for (Node each : fields) {
                if (Arrays.equals(each.name, bytes)) {
                    return each;
                }
            }
            Node added = new Node(called);
            fields.add(added);
            return added;
        }

        @Nullable Node find(JsonCursor cursor) {
            for (Node each : fields) {
                if (cursor.isNamed(each.name)) {
                    return each;
                }
            }
            return null;
        }
    }

    private BodyTexts() {}

    /// By the ordinal of their field; null where the body has no text there, and for fields of
    /// other objects. Booleans count as texts.
    ///
    /// @param object the {@link BodyField#object} of the fields that are read
    static @Nullable String[] of(Bytes body, String object) {
        @Nullable String[] texts = new String[BodyField.values().length];
        JsonCursor cursor = new JsonCursor(body.array(), body.offset(), body.length());
        Node root = Objects.requireNonNull(TREES.get(object));
        boolean read = cursor.value() == JsonKind.OBJECT && find(cursor, root, texts);
        return read ? texts : ofTree(body, object);
    }

    private static boolean find(JsonCursor cursor, Node root, @Nullable String[] texts) {
        Next next = cursor.field(true);
        while (next == Next.ONE) {
            Node wanted = root.find(cursor);
            int kind = cursor.value();
            if (wanted != null) {
                return kind == JsonKind.OBJECT ? object(cursor, wanted, texts) : kind != 0;
            }
            if (!cursor.skip(kind)) {
                return false;
            }
            next = cursor.field(false);
        }
        return next == Next.END;
    }

    private static boolean object(JsonCursor cursor, Node node, @Nullable String[] texts) {
        Next next = cursor.field(true);
        while (next == Next.ONE) {
            Node child = node.find(cursor);
            int kind = cursor.value();
            boolean read;
            if (child == null) {
                read = cursor.skip(kind);
            } else if (kind == JsonKind.OBJECT && !child.fields.isEmpty()) {
                read = object(cursor, child, texts);
            } else {
                if (child.field >= 0) {
                    texts[child.field] = text(cursor, kind);
                }
                read = cursor.skip(kind);
            }
            if (!read) {
                return false;
            }
            next = cursor.field(false);
        }
        return next == Next.END;
    }

    private static @Nullable String text(JsonCursor cursor, int kind) {
        return switch (kind) {
            case JsonKind.TEXT -> cursor.text();
            case JsonKind.TRUE -> "true";
            case JsonKind.FALSE -> "false";
            default -> null;
        };
    }

    /// For what the cursor does not read.
    private static @Nullable String[] ofTree(Bytes body, String object) {
        @Nullable String[] texts = new String[BodyField.values().length];
        try {
            JsonNode root = JSON.readTree(body.array(), body.offset(), body.length());
            for (BodyField field : BodyField.values()) {
                JsonNode at = field.object().equals(object) ? root : MissingNode.getInstance();
                for (String name : field.path()) {
                    at = at.path(name);
                }
                texts[field.ordinal()] = at.isString() || at.isBoolean() ? at.asString() : null;
            }
        } catch (JacksonException e) {
            throw new IllegalArgumentException("the body is not JSON");
        }
        return texts;
    }

    private static Node tree(String object) {
        Node root = new Node("");
        for (BodyField field : BodyField.values()) {
            if (field.object().equals(object)) {
                Node at = root;
                for (String name : field.path()) {
                    at = at.child(name);
                }
                at.field = field.ordinal();
            }
        }
        return root;
    }
}
