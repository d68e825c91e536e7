package dev.sluice.enricher.process.domain;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// Reads the `when` of a rule: a list of a `field` and one of `equals`, `in`, `greater_than`,
/// `exists` each.
final class ConditionsReader {

    private static final Set<String> TESTS = Set.of("equals", "in", "greater_than", "exists");

    private final Problems wrong;
    private final boolean ofSession;

    ConditionsReader(Problems wrong, boolean ofSession) {
        this.wrong = wrong;
        this.ofSession = ofSession;
    }

    List<Condition> read(JsonNode when) {
        if (!when.isMissingNode() && !when.isArray()) {
            wrong.add("when must be a list");
        }
        List<Condition> conditions = new ArrayList<>();
        for (JsonNode condition : when.values()) {
            condition(condition).ifPresent(conditions::add);
        }
        return conditions;
    }

    private Optional<Condition> condition(JsonNode condition) {
        List<String> tests =
                condition.propertyNames().stream().filter(key -> !key.equals("field")).toList();
        if (tests.size() != 1 || !TESTS.contains(tests.getFirst())) {
            wrong.add(
                    "a condition is a field and one of equals, in, greater_than, exists, not "
                            + tests);
            return Optional.empty();
        }
        String test = tests.getFirst();
        JsonNode wanted = condition.path(test);
        return wrong.field(condition.path("field").asString(""), ofSession)
                .flatMap(field -> condition(field, test, wanted));
    }

    private Optional<Condition> condition(FieldPath field, String test, JsonNode wanted) {
        return switch (test) {
            case "equals" ->
                    take(
                            wanted.isValueNode() && !wanted.isNull(),
                            "equals of %s must be a text, number or boolean".formatted(field),
                            () -> new Condition.Equal(field, wanted));
            case "in" ->
                    take(
                            wanted.isArray() && !wanted.isEmpty(),
                            "in of %s must be a list".formatted(field),
                            () -> new Condition.In(field, List.copyOf(wanted.values())));
            case "greater_than" ->
                    take(
                            wanted.isNumber(),
                            "greater_than of %s must be a number".formatted(field),
                            () -> new Condition.GreaterThan(field, wanted.decimalValue()));
            default ->
                    take(
                            wanted.isBoolean(),
                            "exists of %s must be true or false".formatted(field),
                            () -> new Condition.Exists(field, wanted.booleanValue()));
        };
    }

    private Optional<Condition> take(boolean right, String problem, Supplier<Condition> made) {
        if (!right) {
            wrong.add(problem);
        }
        return right ? Optional.of(made.get()) : Optional.empty();
    }
}
