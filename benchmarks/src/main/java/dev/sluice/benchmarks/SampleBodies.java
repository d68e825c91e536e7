package dev.sluice.benchmarks;

import dev.sluice.contracts.event.Bytes;
import dev.sluice.contracts.schema.Contract;
import dev.sluice.contracts.schema.ContractCatalog;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Valid events of every type, from the contracts' examples, filled up to 2 KB with properties that
/// no contract names.
final class SampleBodies {

    private static final int BYTES = 2000;

    private SampleBodies() {}

    static List<Bytes> all(ContractCatalog catalog) {
        JsonNode envelope = catalog.envelope().document().path("examples").get(0);
        List<Bytes> bodies = new ArrayList<>();
        for (Contract contract : catalog.contracts()) {
            for (JsonNode example : contract.document().path("examples")) {
                ObjectNode event = (ObjectNode) envelope.deepCopy();
                event.put("event_type", contract.id().eventType());
                event.put("schema_version", contract.id().version().toString());
                event.set("properties", example.deepCopy());
                bodies.add(body(event));
            }
        }
        return List.copyOf(bodies);
    }

    private static Bytes body(ObjectNode event) {
        ObjectNode properties = (ObjectNode) event.path("properties");
        for (int n = 0; event.toString().length() < BYTES; n++) {
            properties.put("detail_" + n, "value %d of detail %d".formatted(n * 31 % 977, n));
        }
        byte[] bytes = event.toString().getBytes(StandardCharsets.UTF_8);
        return new Bytes(bytes, 0, bytes.length);
    }
}
