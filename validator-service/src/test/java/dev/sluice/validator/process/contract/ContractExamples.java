package dev.sluice.validator.process.contract;

import dev.sluice.contracts.schema.Contract;
import dev.sluice.contracts.schema.ContractCatalog;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;

/// Whole events from the examples in the contracts: each example of a type as the `properties` of
/// the envelope's first example.
public final class ContractExamples {

    private static final ContractCatalog CATALOG = ContractCatalog.bundled();

    private ContractExamples() {}

    /// @param contract that the event keeps
    public record Example(Contract contract, JsonNode event) {
        @Override
        public String toString() {
            return contract.id().toString();
        }
    }

    public static List<Example> all() {
        JsonNode envelope = CATALOG.envelope().document().path("examples").get(0);
        List<Example> examples = new ArrayList<>();
        for (Contract contract : CATALOG.contracts()) {
            for (JsonNode properties : contract.document().path("examples")) {
                ObjectNode event = (ObjectNode) envelope.deepCopy();
                event.put("event_type", contract.id().eventType());
                event.put("schema_version", contract.id().version().toString());
                event.set("properties", properties);
                examples.add(new Example(contract, event));
            }
        }
        return examples;
    }

    static JsonNode composed(Contract contract) {
        return CATALOG.composed(contract.id());
    }
}
