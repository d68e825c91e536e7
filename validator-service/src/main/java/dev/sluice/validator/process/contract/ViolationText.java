package dev.sluice.validator.process.contract;

import com.networknt.schema.Error;

import dev.sluice.contracts.rejection.Violation;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.util.stream.Collectors;

/// Says what a contract expects at a place, from the contract alone. The validator's own messages
/// hold the value that was found, and that may be a person's.
final class ViolationText {

    /// Characters of a rule that a message quotes; an enumeration can be long.
    private static final int MAX_RULE = 200;

    private ViolationText() {}

    static Violation of(Error error, JsonNode document) {
        String pointer = ContractPointer.known(error.getInstanceLocation().toString(), document);
        return switch (error.getKeyword()) {
            case "required", "dependentRequired" ->
                    new Violation(pointer + missing(error.getProperty()), "is missing");
            default ->
                    new Violation(pointer, expectation(error.getKeyword(), error.getSchemaNode()));
        };
    }

    private static String missing(@Nullable String property) {
        return property == null ? "" : '/' + ContractPointer.escape(property);
    }

    private static String expectation(String keyword, @Nullable JsonNode rule) {
        String limit = rule == null ? "" : quote(rule);
        return switch (keyword) {
            case "type" -> "must be " + limit;
            case "enum" -> "must be one of " + limit;
            case "const" -> "must be " + limit;
            case "format" -> "must be a valid " + limit;
            case "pattern" -> "must match " + limit;
            case "minimum" -> "must be at least " + limit;
            case "maximum" -> "must be at most " + limit;
            case "exclusiveMinimum" -> "must be more than " + limit;
            case "exclusiveMaximum" -> "must be less than " + limit;
            case "multipleOf" -> "must be a multiple of " + limit;
            case "minLength" -> "must have at least " + limit + " characters";
            case "maxLength" -> "must have at most " + limit + " characters";
            case "minItems" -> "must have at least " + limit + " items";
            case "maxItems" -> "must have at most " + limit + " items";
            case "minProperties" -> "must have at least " + limit + " fields";
            case "maxProperties" -> "must have at most " + limit + " fields";
            case "uniqueItems" -> "must not have an item twice";
            case "additionalProperties", "unevaluatedProperties" ->
                    "has a field that the contract does not allow";
            default -> "breaks the rule " + keyword;
        };
    }

    private static String quote(JsonNode rule) {
        String text =
                rule.isArray()
                        ? rule.valueStream()
                                .map(JsonNode::asString)
                                .collect(Collectors.joining(" or "))
                        : rule.asString();
        return text.length() <= MAX_RULE ? text : text.substring(0, MAX_RULE) + "…";
    }
}
