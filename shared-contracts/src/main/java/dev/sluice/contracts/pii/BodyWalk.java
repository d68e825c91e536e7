package dev.sluice.contracts.pii;

import dev.sluice.contracts.event.Bytes;
import dev.sluice.contracts.json.JsonCursor;
import dev.sluice.contracts.json.JsonCursor.Next;
import dev.sluice.contracts.json.JsonKind;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.json.JsonMapper;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// Redacts a body in one pass over its bytes. What does not change is copied as it stands, and a
/// body in which nothing changes not at all.
final class BodyWalk {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

    private final Bytes body;
    private final byte[] bytes;
    private final JsonCursor cursor;
    private final Values values;
    private @Nullable ByteArrayOutputStream out;
    private int copied;

    private BodyWalk(Bytes body, Values values) {
        this.body = body;
        this.values = values;
        bytes = body.array();
        cursor = new JsonCursor(bytes, body.offset(), body.length());
        copied = body.offset();
    }

    /// @return null if the cursor cannot read the body
    static @Nullable Bytes redact(Bytes body, FieldRule rule, Values values) {
        BodyWalk walk = new BodyWalk(body, values);
        boolean read =
                walk.cursor.value() == JsonKind.OBJECT
                        && walk.object(rule, false)
                        && walk.cursor.isAtEnd();
        return read ? walk.result() : null;
    }

    private Bytes result() {
        if (out == null) {
            return body;
        }
        out.write(bytes, copied, body.offset() + body.length() - copied);
        return Bytes.of(out.toByteArray());
    }

    private boolean object(@Nullable FieldRule rule, boolean person) {
        Next next = cursor.field(true);
        while (next == Next.ONE) {
            if (!field(rule, person)) {
                return false;
            }
            next = cursor.field(false);
        }
        return next == Next.END;
    }

    private boolean field(@Nullable FieldRule rule, boolean person) {
        @Nullable FieldRule known = rule == null ? null : rule.field(cursor);
        int start = cursor.position();
        int kind = cursor.value();
        Treatment treatment =
                known == null ? FieldName.of(cursor).treatment(person) : known.treatment();
        boolean inPerson = kind == JsonKind.OBJECT && FieldName.of(cursor).isPerson();
        return value(treatment, known, inPerson, kind, start);
    }

    private boolean value(
            Treatment treatment, @Nullable FieldRule rule, boolean person, int kind, int start) {
        return switch (kind) {
            case 0 -> false;
            case JsonKind.TEXT -> text(treatment, start);
            case JsonKind.INTEGER, JsonKind.FRACTION -> number(treatment, start);
            case JsonKind.TRUE, JsonKind.FALSE -> apply(values.flag(treatment), start);
            case JsonKind.OBJECT ->
                    treatment.removesObjects()
                            ? removed(treatment, kind, start)
                            : object(rule, person);
            case JsonKind.LIST ->
                    treatment.removesLists()
                            ? removed(treatment, kind, start)
                            : items(treatment, rule, person);
            default -> true;
        };
    }

    private boolean items(Treatment treatment, @Nullable FieldRule rule, boolean person) {
        Treatment each = rule == null ? treatment : rule.itemTreatment();
        @Nullable FieldRule item = rule == null ? null : rule.items();
        Next next = cursor.item(true);
        while (next == Next.ONE) {
            int start = cursor.position();
            if (!value(each, item, person, cursor.value(), start)) {
                return false;
            }
            next = cursor.item(false);
        }
        return next == Next.END;
    }

    private boolean text(Treatment treatment, int start) {
        if (!Values.mayChange(treatment, bytes, cursor.textFrom(), cursor.length())) {
            return true;
        }
        return apply(values.text(treatment, cursor.text()), start);
    }

    private boolean number(Treatment treatment, int start) {
        return switch (treatment.pii()) {
            case NONE, MASK -> true;
            case HASH, DROP -> {
                String written =
                        new String(
                                        bytes,
                                        start,
                                        cursor.position() - start,
                                        StandardCharsets.US_ASCII)
                                .strip();
                yield apply(values.number(treatment, written), start);
            }
        };
    }

    private boolean removed(Treatment treatment, int kind, int start) {
        return cursor.skip(kind) && apply(values.removed(treatment), start);
    }

    private boolean apply(Change change, int start) {
        switch (change) {
            case Change.Keep _ -> {}
            case Change.Remove _ -> replace(start, NULL);
            case Change.Text(String text) -> replace(start, JSON.writeValueAsBytes(text));
        }
        return true;
    }

    private void replace(int start, byte[] value) {
        ByteArrayOutputStream target = out;
        if (target == null) {
            target = new ByteArrayOutputStream(body.length() + 64);
            out = target;
        }
        target.write(bytes, copied, start - copied);
        target.write(value, 0, value.length);
        copied = cursor.position();
    }
}
