package dev.sluice.quarantine;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Changes to an event's body, in their order. Places are JSON Pointers (RFC 6901) to properties of
/// objects.
public final class BodyEdit {

    /// Numbers stay as exact as they were sent.
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                    .build();

    /// Changes an event in place.
    private interface Step {

        void apply(ObjectNode event);
    }

    private final List<Step> steps = new ArrayList<>();

    /// @param assignment `/properties/price=12.5`: what follows is JSON, or else text
    /// @throws IllegalArgumentException saying what is wrong
    public void set(String assignment) {
        String[] parts = pair(assignment, "a place and a value: /properties/price=12.5");
        JsonPointer place = place(parts[0]);
        JsonNode value = value(parts[1]);
        steps.add(event -> put(event, place, value));
    }

    /// @param places `/properties/amount=/properties/total`: the value moves from the first to the
    ///     second, in events that have the first and not the second
    /// @throws IllegalArgumentException saying what is wrong
    public void rename(String places) {
        String[] parts = pair(places, "two places: /properties/amount=/properties/total");
        JsonPointer from = place(parts[0]);
        JsonPointer to = place(parts[1]);
        steps.add(
                event -> {
                    if (event.at(to).isMissingNode()) {
                        JsonNode value = remove(event, from);
                        if (value != null) {
                            put(event, to, value);
                        }
                    }
                });
    }

    /// @param pointer of what is removed
    /// @throws IllegalArgumentException saying what is wrong
    public void drop(String pointer) {
        JsonPointer place = place(pointer);
        steps.add(event -> remove(event, place));
    }

    /// @param version of the contract that the event shall be held against
    public void schema(String version) {
        steps.add(event -> event.put("schema_version", version));
    }

    public boolean isEmpty() {
        return steps.isEmpty();
    }

    /// The body after all changes; empty if it is no JSON object.
    public Optional<byte[]> apply(byte[] body) {
        try {
            if (!(JSON.readTree(body) instanceof ObjectNode event)) {
                return Optional.empty();
            }
            steps.forEach(step -> step.apply(event));
            return Optional.of(event.toString().getBytes(StandardCharsets.UTF_8));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    /// Objects on the way that are missing are made; a value that is no object is left alone.
    private static void put(ObjectNode event, JsonPointer place, JsonNode value) {
        ObjectNode parent = event;
        JsonPointer rest = place;
        while (!rest.tail().matches()) {
            JsonNode next = parent.path(rest.getMatchingProperty());
            if (next.isMissingNode()) {
                next = parent.putObject(rest.getMatchingProperty());
            }
            if (!(next instanceof ObjectNode object)) {
                return;
            }
            parent = object;
            rest = rest.tail();
        }
        parent.set(rest.getMatchingProperty(), value);
    }

    private static @Nullable JsonNode remove(ObjectNode event, JsonPointer place) {
        return event.at(place.head()) instanceof ObjectNode parent
                ? parent.remove(place.last().getMatchingProperty())
                : null;
    }

    private static String[] pair(String text, String wanted) {
        String[] parts = text.split("=", 2);
        if (parts.length < 2) {
            throw new IllegalArgumentException("'" + text + "' is not " + wanted);
        }
        return parts;
    }

    private static JsonPointer place(String pointer) {
        try {
            JsonPointer place = JsonPointer.compile(pointer);
            if (!place.matches()) {
                return place;
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "'" + pointer + "' is no place; write it as /properties/price", e);
        }
        throw new IllegalArgumentException("the whole event is no place; name a property");
    }

    private static JsonNode value(String text) {
        try {
            return JSON.readTree(text);
        } catch (JacksonException e) {
            return JSON.getNodeFactory().stringNode(text);
        }
    }
}
