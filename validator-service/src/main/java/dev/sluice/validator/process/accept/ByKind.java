package dev.sluice.validator.process.accept;

import dev.sluice.contracts.json.JsonKind;

import tools.jackson.databind.JsonNode;

/// `anyOf` and `oneOf` whose alternatives are of different kinds, such as a text or null: then one
/// token tells which of them it can be, and no other can be it too.
final class ByKind {

    private ByKind() {}

    static ValueRule of(JsonNode alternatives, RuleCompiler compiler, String pointer) {
        int taken = 0;
        ValueRule all = ValueRule.UNSURE;
        for (JsonNode alternative : alternatives) {
            int kinds = widest(alternative);
            if ((kinds & taken) != 0) {
                return ValueRule.UNSURE;
            }
            taken |= kinds;
            all = join(all, compiler.value(alternative, pointer));
        }
        return all;
    }

    /// Which kinds the alternative might let through, whatever its rule says yes to: an integer may
    /// be written as a fraction.
    private static int widest(JsonNode alternative) {
        int kinds = Kinds.byType(alternative.path("type"));
        return (kinds & JsonKind.INTEGER) == 0 ? kinds : kinds | JsonKind.FRACTION;
    }

    private static ValueRule join(ValueRule one, ValueRule other) {
        return new ValueRule(
                one.kinds() | other.kinds(),
                (other.kinds() & JsonKind.TEXT) == 0 ? one.text() : other.text(),
                (other.kinds() & (JsonKind.INTEGER | JsonKind.FRACTION)) == 0
                        ? one.number()
                        : other.number(),
                (other.kinds() & JsonKind.OBJECT) == 0 ? one.fields() : other.fields(),
                (other.kinds() & JsonKind.LIST) == 0 ? one.items() : other.items());
    }
}
