package dev.sluice.validator.process.accept;

import dev.sluice.contracts.event.Bytes;
import dev.sluice.contracts.schema.Contract;
import dev.sluice.contracts.schema.ContractCatalog;
import dev.sluice.validator.process.body.PlainText;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Every contract of a catalog as rules for a quick yes. Immutable.
public final class AcceptRules {

    /// @param version of the contract
    /// @param properties the rule of the event's properties
    /// @param required whether there must be any
    record OfType(String version, ValueRule properties, boolean required) {}

    private final @Nullable FieldsRule envelope;
    private final Map<String, Map<String, OfType>> types = new HashMap<>();
    private final Map<String, OfType> latest = new HashMap<>();

    public AcceptRules(ContractCatalog catalog) {
        envelope = RuleCompiler.compile(catalog.envelope().document(), "").fields();
        for (String type : catalog.eventTypes()) {
            List<Contract> versions = catalog.versions(type);
            Map<String, OfType> byVersion = new HashMap<>();
            versions.forEach(
                    contract -> byVersion.put(contract.id().version().toString(), rule(contract)));
            types.put(type, byVersion);
            latest.put(type, rule(versions.getLast()));
        }
    }

    /// What is read of an event that plainly keeps the contract it names, or the latest; empty when
    /// that is not plain.
    ///
    /// @param typeOf the event type behind a name
    public Optional<AcceptedEvent> read(Bytes body, UnaryOperator<String> typeOf) {
        if (envelope == null || !PlainText.is(body)) {
            return Optional.empty();
        }
        return new EventScan(this, envelope, typeOf, body).read();
    }

    /// @param version null for the latest
    @Nullable OfType find(String type, @Nullable String version) {
        return version == null ? latest.get(type) : types.getOrDefault(type, Map.of()).get(version);
    }

    private static OfType rule(Contract contract) {
        JsonNode document = contract.document();
        return new OfType(
                contract.id().version().toString(),
                RuleCompiler.compile(document, "/properties"),
                !document.path("required").isEmpty());
    }
}
