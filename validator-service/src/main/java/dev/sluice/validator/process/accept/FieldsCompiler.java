package dev.sluice.validator.process.accept;

import dev.sluice.validator.process.accept.FieldsRule.Condition;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// Makes the rule of an object; empty where a schema names too many fields, or a condition looks at
/// more than the text of one field.
final class FieldsCompiler {

    private final RuleCompiler compiler;
    private final JsonNode schema;
    private final String pointer;
    private final Map<String, FieldRule> byName = new LinkedHashMap<>();

    FieldsCompiler(RuleCompiler compiler, JsonNode schema, String pointer) {
        this.compiler = compiler;
        this.schema = schema;
        this.pointer = pointer;
    }

    Optional<FieldsRule> compile() {
        if (names().size() > FieldsRule.MOST) {
            return Optional.empty();
        }
        JsonNode other = schema.path("additionalProperties");
        ValueRule others =
                other.isMissingNode() ? ValueRule.ANYTHING : compiler.value(other, pointer + "/*");
        for (String name : names()) {
            JsonNode field = schema.path("properties").path(name);
            String place = pointer + '/' + name;
            byName.put(
                    name,
                    new FieldRule(
                            1L << byName.size(),
                            field.isMissingNode() ? others : compiler.value(field, place),
                            FieldUse.of(place)));
        }
        List<Condition> conditions = new ArrayList<>();
        if (schema.has("if")) {
            @Nullable Condition condition = condition();
            if (condition == null) {
                return Optional.empty();
            }
            conditions.add(condition);
        }
        return Optional.of(
                new FieldsRule(
                        FieldTable.of(byName),
                        bits(schema.path("required")),
                        others,
                        ScalarRules.count(schema, "minProperties", 0),
                        ScalarRules.count(schema, "maxProperties", Integer.MAX_VALUE),
                        conditions));
    }

    /// Every name that is spoken of.
    private Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        schema.path("properties").propertyNames().forEach(names::add);
        for (JsonNode part :
                List.of(schema, schema.path("then"), schema.path("else"), schema.path("if"))) {
            part.path("required").forEach(name -> names.add(name.asString("")));
            part.path("properties").propertyNames().forEach(names::add);
        }
        return names;
    }

    private @Nullable Condition condition() {
        JsonNode asked = schema.path("if");
        JsonNode then = schema.path("then");
        JsonNode otherwise = schema.path("else");
        Set<Map.Entry<String, JsonNode>> fields = RuleCompiler.fields(asked);
        if (fields.size() != 1 || !onlyRequires(then) || !onlyRequires(otherwise)) {
            return null;
        }
        Map.Entry<String, JsonNode> field = fields.iterator().next();
        @Nullable List<String> texts = texts(field.getValue());
        JsonNode required = asked.path("required");
        boolean present =
                required.size() == 1 && required.get(0).asString("").equals(field.getKey());
        if (texts == null || asked.size() != (asked.has("required") ? 2 : 1)) {
            return null;
        }
        if (asked.has("required") && !present) {
            return null;
        }
        return new Condition(
                Objects.requireNonNull(byName.get(field.getKey())),
                texts,
                !present,
                bits(then.path("required")),
                bits(otherwise.path("required")));
    }

    private static boolean onlyRequires(JsonNode part) {
        return part.isMissingNode() || (part.size() == 1 && part.has("required"));
    }

    /// The texts of a `const` or `enum` that stands alone; null if it is anything else.
    private static @Nullable List<String> texts(JsonNode rule) {
        if (rule.size() != 1) {
            return null;
        }
        if (rule.path("const").isString()) {
            return List.of(rule.path("const").stringValue());
        }
        JsonNode values = rule.path("enum");
        if (!values.isArray() || !values.valueStream().allMatch(JsonNode::isString)) {
            return null;
        }
        return values.valueStream().map(JsonNode::stringValue).toList();
    }

    private long bits(JsonNode required) {
        long bits = 0;
        for (JsonNode name : required) {
            bits |= Objects.requireNonNull(byName.get(name.asString(""))).bit();
        }
        return bits;
    }
}
