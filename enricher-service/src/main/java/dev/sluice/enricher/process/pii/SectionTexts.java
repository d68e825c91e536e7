package dev.sluice.enricher.process.pii;

import dev.sluice.contracts.event.Bytes;
import dev.sluice.contracts.json.JsonCursor;
import dev.sluice.contracts.json.JsonCursor.Next;
import dev.sluice.contracts.json.JsonKind;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.json.JsonMapper;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// New texts for fields of a section that our services wrote, a flat object; all other bytes are
/// copied.
final class SectionTexts {

    private static final JsonMapper JSON = JsonMapper.shared();

    private record NewText(byte[] name, String value) {}

    private final List<NewText> texts = new ArrayList<>(2);

    void set(String name, String value) {
        texts.add(new NewText(name.getBytes(StandardCharsets.US_ASCII), value));
    }

    /// The section with the new texts, where it has such fields; the same one if there are none.
    ///
    /// @throws IllegalArgumentException if the section cannot be read
    Bytes in(Bytes section) {
        if (texts.isEmpty()) {
            return section;
        }
        byte[] bytes = section.array();
        ByteArrayOutputStream out = new ByteArrayOutputStream(section.length() + 32);
        int copied = section.offset();
        JsonCursor cursor = new JsonCursor(bytes, copied, section.length());
        Next next = cursor.value() == JsonKind.OBJECT ? cursor.field(true) : Next.BROKEN;
        while (next == Next.ONE) {
            @Nullable NewText text = find(cursor);
            int start = cursor.position();
            if (!cursor.skip(cursor.value())) {
                next = Next.BROKEN;
                break;
            }
            if (text != null) {
                out.write(bytes, copied, start - copied);
                out.writeBytes(json(text.value));
                copied = cursor.position();
            }
            next = cursor.field(false);
        }
        if (next == Next.BROKEN) {
            throw new IllegalArgumentException("a section cannot be read");
        }
        out.write(bytes, copied, section.offset() + section.length() - copied);
        return Bytes.of(out.toByteArray());
    }

    private static byte[] json(String text) {
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (unit < ' ' || unit > '~' || unit == '"' || unit == '\\') {
                return JSON.writeValueAsBytes(text);
            }
        }
        return ('"' + text + '"').getBytes(StandardCharsets.US_ASCII);
    }

    private @Nullable NewText find(JsonCursor cursor) {
        for (NewText each : texts) {
            if (cursor.isNamed(each.name)) {
                return each;
            }
        }
        return null;
    }
}
