package dev.sluice.validator.process.accept;

import dev.sluice.contracts.json.JsonKind;
import dev.sluice.contracts.schema.References;
import dev.sluice.contracts.schema.SchemaKeywords;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Makes rules of JSON Schema 2020-12. Where a schema says what cannot be seen token by token, its
/// rule is {@link ValueRule#UNSURE}: events with a value there take the full check.
final class RuleCompiler {

    private static final int NUMBERS = JsonKind.INTEGER | JsonKind.FRACTION;

    private static final Set<String> OF_ANY_KIND = Set.of("type", "enum", "const");
    private static final Set<String> OF_TEXT =
            Set.of("minLength", "maxLength", "pattern", "format", "enum", "const");
    private static final Set<String> OF_NUMBERS =
            Set.of(
                    "minimum",
                    "maximum",
                    "exclusiveMinimum",
                    "exclusiveMaximum",
                    "multipleOf",
                    "enum",
                    "const");
    private static final Set<String> OF_OBJECTS =
            Set.of(
                    "properties",
                    "required",
                    "additionalProperties",
                    "minProperties",
                    "maxProperties",
                    "if",
                    "then",
                    "else");
    private static final Set<String> OF_LISTS = Set.of("items", "minItems", "maxItems");
    private static final Set<String> KNOWN =
            Stream.of(OF_ANY_KIND, OF_TEXT, OF_NUMBERS, OF_OBJECTS, OF_LISTS)
                    .flatMap(Set::stream)
                    .collect(Collectors.toUnmodifiableSet());

    private final References references;
    private final Set<String> followed = new HashSet<>();

    private RuleCompiler(JsonNode root) {
        references = new References(root);
    }

    /// The rule of a whole document.
    ///
    /// @param pointer of its values in the event, which tells what later steps need
    static ValueRule compile(JsonNode document, String pointer) {
        return new RuleCompiler(document).value(document, pointer);
    }

    ValueRule value(JsonNode schema, String pointer) {
        if (schema.isBoolean()) {
            return schema.booleanValue() ? ValueRule.ANYTHING : ValueRule.UNSURE;
        }
        if (!schema.isObject()) {
            return ValueRule.UNSURE;
        }
        Set<String> rules = new HashSet<>(schema.propertyNames());
        rules.removeIf(name -> SchemaKeywords.isRemark(name) || name.startsWith("x-"));
        if (References.isReference(schema)) {
            return reference(schema, pointer);
        }
        if (rules.equals(Set.of("anyOf")) || rules.equals(Set.of("oneOf"))) {
            return ByKind.of(schema.path(rules.iterator().next()), this, pointer);
        }
        return KNOWN.containsAll(rules) ? plain(schema, pointer) : ValueRule.UNSURE;
    }

    private ValueRule reference(JsonNode schema, String pointer) {
        JsonNode target = references.resolve(schema);
        String name = schema.path(References.KEYWORD).asString("");
        if (References.isReference(target) || !followed.add(name)) {
            return ValueRule.UNSURE; // elsewhere, or in itself
        }
        ValueRule rule = value(target, pointer);
        followed.remove(name);
        return rule;
    }

    private ValueRule plain(JsonNode schema, String pointer) {
        int kinds = Kinds.of(schema);
        @Nullable TextRule text = null;
        if ((kinds & JsonKind.TEXT) != 0 && speaksOf(schema, OF_TEXT)) {
            Optional<TextRule> rule = ScalarRules.text(schema);
            kinds = rule.isPresent() ? kinds : kinds & ~JsonKind.TEXT;
            text = rule.orElse(null);
        }
        @Nullable NumberRule number = null;
        if ((kinds & NUMBERS) != 0 && speaksOf(schema, OF_NUMBERS)) {
            Optional<NumberRule> rule = ScalarRules.number(schema);
            kinds = rule.isPresent() ? kinds : kinds & ~NUMBERS;
            number = rule.orElse(null);
        }
        Optional<FieldsRule> fields =
                speaksOf(schema, OF_OBJECTS)
                        ? new FieldsCompiler(this, schema, pointer).compile()
                        : Optional.empty();
        if (fields.isEmpty() && schema.has("if")) {
            return ValueRule.UNSURE; // a condition is about values of any kind
        }
        if (fields.isEmpty() && speaksOf(schema, OF_OBJECTS)) {
            kinds &= ~JsonKind.OBJECT;
        }
        @Nullable ItemsRule items =
                (kinds & JsonKind.LIST) != 0 && speaksOf(schema, OF_LISTS)
                        ? items(schema, pointer)
                        : null;
        return new ValueRule(kinds, text, number, fields.orElse(null), items);
    }

    private static boolean speaksOf(JsonNode schema, Set<String> keywords) {
        return keywords.stream().anyMatch(schema::has);
    }

    private ItemsRule items(JsonNode schema, String pointer) {
        JsonNode each = schema.path("items");
        return new ItemsRule(
                each.isMissingNode() ? ValueRule.ANYTHING : value(each, pointer + "/*"),
                ScalarRules.count(schema, "minItems", 0),
                ScalarRules.count(schema, "maxItems", Integer.MAX_VALUE));
    }

    /// The fields of a schema's `properties` with their schemas.
    static Set<Map.Entry<String, JsonNode>> fields(JsonNode schema) {
        JsonNode properties = schema.path("properties");
        return properties instanceof ObjectNode object ? object.properties() : Set.of();
    }
}
