package dev.sluice.collector.process.protocol;

import dev.sluice.collector.process.body.CanonicalEvent;
import dev.sluice.collector.process.body.JsonObject;
import dev.sluice.collector.process.body.JsonValue;

import org.jspecify.annotations.Nullable;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Writes the member `context` of one canonical event. A value goes to its place when it is what
/// the envelope's contract wants there; any other is kept beside it, as `NAME_raw`, since an event
/// is not bad for a strange locale. Nothing is written when there is nothing. For one thread.
public final class ContextWriter {

    private static final Map<String, Map<String, Integer>> OBJECTS =
            Map.of(
                    "page",
                            Map.of(
                                    "url", 4096,
                                    "path", 2048,
                                    "referrer", 4096,
                                    "title", 512),
                    "app", Map.of("name", 128, "version", 64),
                    "library", Map.of("name", 128, "version", 64),
                    "campaign",
                            Map.of(
                                    "source", 256,
                                    "medium", 256,
                                    "name", 256,
                                    "term", 256,
                                    "content", 256));
    private static final Map<String, Integer> TEXTS =
            Map.of("locale", 64, "timezone", 64, "ip", 45, "user_agent", 1024);
    private static final int MAX_PIXELS = 1_000_000;

    private final CanonicalEvent out;
    private final Set<String> names = new HashSet<>();

    public ContextWriter(CanonicalEvent out) {
        this.out = out;
    }

    /// A member under its canonical name, or any other name that is not taken.
    public void put(String name, @Nullable JsonValue value) {
        if (value == null || value.isNull()) {
            return;
        }
        Map<String, Integer> object = OBJECTS.get(name);
        if (object != null && value.isObject()) {
            begin(name);
            value.object().forEach((field, inner) -> text(field, inner, object.get(field)));
            out.end();
        } else if (name.equals("screen") && value.isObject()) {
            begin(name);
            value.object().forEach(this::screen);
            out.end();
        } else if (object != null || name.equals("screen")) {
            out.value(fresh(name + "_raw"), value);
        } else if (TEXTS.containsKey(name) && !fits(value, TEXTS.get(name))) {
            out.value(fresh(name + "_raw"), value);
        } else {
            out.value(fresh(name), value);
        }
    }

    /// A text under its canonical name, or any other name that is not taken.
    public void put(String name, @Nullable String text) {
        if (text != null && !text.isEmpty()) {
            boolean fits = text.length() <= TEXTS.getOrDefault(name, Integer.MAX_VALUE);
            out.text(fresh(fits ? name : name + "_raw"), text);
        }
    }

    /// An object made of texts, such as a page; those that are null leave no trace.
    public void put(String name, Map<String, @Nullable String> texts) {
        if (texts.values().stream().allMatch(text -> text == null || text.isEmpty())) {
            return;
        }
        Map<String, Integer> limits = OBJECTS.getOrDefault(name, Map.of());
        begin(name);
        texts.forEach(
                (field, text) -> {
                    if (text != null && !text.isEmpty()) {
                        int most = limits.getOrDefault(field, Integer.MAX_VALUE);
                        out.text(text.length() <= most ? field : field + "_raw", text);
                    }
                });
        out.end();
    }

    /// A screen in CSS pixels.
    public void screen(@Nullable Integer width, @Nullable Integer height) {
        if (width != null && height != null) {
            begin("screen");
            out.number("width", width).number("height", height);
            out.end();
        }
    }

    /// All members of an object, under their names.
    public void putAll(JsonObject members) {
        members.forEach(this::put);
    }

    /// Begins a member of its own shape; its writer ends it with `end` of the event.
    public CanonicalEvent begin(String name) {
        open();
        return out.begin(unused(name));
    }

    /// Ends the member, if it was begun.
    public void end() {
        if (!names.isEmpty()) {
            out.end();
        }
    }

    private void text(String field, JsonValue value, @Nullable Integer most) {
        if (!value.isNull()) {
            out.value(most == null || fits(value, most) ? field : field + "_raw", value);
        }
    }

    private void screen(String field, JsonValue value) {
        boolean ours = field.equals("width") || field.equals("height");
        if (!value.isNull()) {
            out.value(!ours || isPixels(value) ? field : field + "_raw", value);
        }
    }

    private static boolean fits(JsonValue value, int most) {
        if (!value.isString()) {
            return false;
        }
        String text = value.string();
        return text == null || text.length() <= most;
    }

    private static boolean isPixels(JsonValue value) {
        String number = value.isString() ? null : value.scalar();
        return number != null
                && number.matches("\\d{1,7}")
                && Integer.parseInt(number) <= MAX_PIXELS;
    }

    private String fresh(String name) {
        open();
        return unused(name);
    }

    private void open() {
        if (names.isEmpty()) {
            out.begin("context");
        }
    }

    private String unused(String name) {
        String unused = name;
        while (!names.add(unused)) {
            unused += "_raw";
        }
        return unused;
    }
}
