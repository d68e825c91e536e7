package dev.sluice.validator.process.contract;

import dev.sluice.contracts.rejection.Violation;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;

/// Finds numbers that no integer of 64 bits holds.
final class HugeNumbers {

    private static final double LIMIT = 0x1p63;

    private HugeNumbers() {}

    /// Where they are.
    ///
    /// @param document the composed contract of the event
    static List<Violation> in(JsonNode event, JsonNode document) {
        List<Violation> found = new ArrayList<>();
        collect(event, "", document, found);
        return found.isEmpty()
                ? List.of(new Violation("", "has a number that cannot be checked"))
                : List.copyOf(found);
    }

    private static void collect(
            JsonNode node, String pointer, JsonNode document, List<Violation> found) {
        if (node.isNumber() && Math.abs(node.asDouble()) >= LIMIT) {
            found.add(
                    new Violation(
                            ContractPointer.known(pointer, document),
                            "must be a number that 64 bits hold"));
        }
        node.forEachEntry(
                (name, value) ->
                        collect(
                                value,
                                pointer + '/' + ContractPointer.escape(name),
                                document,
                                found));
        if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                collect(node.get(i), pointer + '/' + i, document, found);
            }
        }
    }
}
