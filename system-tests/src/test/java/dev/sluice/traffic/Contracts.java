package dev.sluice.traffic;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;

import dev.sluice.contracts.schema.Contract;
import dev.sluice.contracts.schema.ContractCatalog;

import tools.jackson.databind.json.JsonMapper;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The bundled contracts as a judge of events.
final class Contracts {

    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(
                    SpecificationVersion.DRAFT_2020_12,
                    registry ->
                            registry.schemaRegistryConfig(
                                    SchemaRegistryConfig.builder()
                                            .formatAssertionsEnabled(true)
                                            .build()));

    private final ContractCatalog catalog = ContractCatalog.bundled();
    private final Schema envelope = REGISTRY.getSchema(catalog.envelope().document());
    private final Map<String, Schema> types = new HashMap<>();

    Contracts() {
        for (Contract contract : catalog.contracts()) {
            types.put(
                    contract.id().eventType(), REGISTRY.getSchema(catalog.composed(contract.id())));
        }
    }

    List<String> errors(PlannedEvent event) {
        Schema schema = types.getOrDefault(event.eventType(), envelope);
        return schema.validate(JsonMapper.shared().readTree(event.json())).stream()
                .map(Object::toString)
                .toList();
    }
}
