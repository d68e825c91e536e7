package dev.sluice.contracts.pii;

import dev.sluice.contracts.event.Bytes;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/// Redacts a body as a tree: whatever JSON there is, at ten times the price. Decides as
/// {@link BodyWalk} does.
final class TreeWalk {

    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                    .build();

    private final Values values;
    private boolean changed;

    private TreeWalk(Values values) {
        this.values = values;
    }

    /// @throws tools.jackson.core.JacksonException if the body is not JSON
    /// @throws IllegalArgumentException if it is no object
    static Bytes redact(Bytes body, FieldRule rule, Values values) {
        if (!(JSON.readTree(body.array(), body.offset(), body.length())
                instanceof ObjectNode root)) {
            throw new IllegalArgumentException("the body is no JSON object");
        }
        TreeWalk walk = new TreeWalk(values);
        walk.object(root, rule, false);
        return walk.changed ? Bytes.of(JSON.writeValueAsBytes(root)) : body;
    }

    private void object(ObjectNode object, @Nullable FieldRule rule, boolean person) {
        for (Map.Entry<String, JsonNode> field : List.copyOf(object.properties())) {
            String name = field.getKey();
            FieldName told = FieldName.of(name);
            @Nullable FieldRule known = rule == null ? null : rule.field(name);
            Treatment treatment = known == null ? told.treatment(person) : known.treatment();
            boolean inPerson = field.getValue().isObject() && told.isPerson();
            switch (value(field.getValue(), treatment, known, inPerson)) {
                case Change.Keep _ -> {}
                case Change.Remove _ -> {
                    object.putNull(name);
                    changed = true;
                }
                case Change.Text(String text) -> {
                    object.put(name, text);
                    changed = true;
                }
            }
        }
    }

    private void items(
            ArrayNode list, Treatment treatment, @Nullable FieldRule rule, boolean person) {
        Treatment each = rule == null ? treatment : rule.itemTreatment();
        @Nullable FieldRule item = rule == null ? null : rule.items();
        for (int i = 0; i < list.size(); i++) {
            switch (value(list.get(i), each, item, person)) {
                case Change.Keep _ -> {}
                case Change.Remove _ -> {
                    list.setNull(i);
                    changed = true;
                }
                case Change.Text(String text) -> {
                    list.set(i, text);
                    changed = true;
                }
            }
        }
    }

    private Change value(
            JsonNode value, Treatment treatment, @Nullable FieldRule rule, boolean person) {
        if (value instanceof ObjectNode object) {
            if (treatment.removesObjects()) {
                return values.removed(treatment);
            }
            object(object, rule, person);
        } else if (value instanceof ArrayNode list) {
            if (treatment.removesLists()) {
                return values.removed(treatment);
            }
            items(list, treatment, rule, person);
        } else if (value.isString()) {
            return text(treatment, value.stringValue());
        } else if (value.isNumber()) {
            return values.number(treatment, value.asString());
        } else if (value.isBoolean()) {
            return values.flag(treatment);
        }
        return Change.KEEP;
    }

    private Change text(Treatment treatment, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return Values.mayChange(treatment, bytes, 0, bytes.length)
                ? values.text(treatment, text)
                : Change.KEEP;
    }
}
