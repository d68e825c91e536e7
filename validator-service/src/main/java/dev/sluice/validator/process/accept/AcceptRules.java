package dev.sluice.validator.process.accept;

import dev.sluice.contracts.event.Bytes;
import dev.sluice.contracts.event.TenantId;
import dev.sluice.contracts.schema.ByEventType;
import dev.sluice.contracts.schema.Contract;
import dev.sluice.contracts.schema.ContractCatalog;
import dev.sluice.validator.process.body.PlainText;
import dev.sluice.validator.process.type.EventTypeNames;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Every contract of a catalog as rules for a quick yes. Immutable.
public final class AcceptRules {

    /// @param version of the contract
    /// @param properties the rule of the event's properties
    /// @param required whether there must be any
    record OfType(String version, ValueRule properties, boolean required) {}

    /// @param latest the last of the versions
    private record OfVersions(Map<String, OfType> byVersion, OfType latest) {}

    private final @Nullable FieldsRule envelope;
    private final ByEventType<OfVersions> types;

    public AcceptRules(ContractCatalog catalog) {
        envelope = RuleCompiler.compile(catalog.envelope().document(), "").fields();
        types = catalog.byEventType().map(AcceptRules::rules);
    }

    /// What is read of an event that plainly keeps the contract it names, or the latest; empty when
    /// that is not plain.
    ///
    /// @param tenant whose event it is
    /// @param names finds the event type behind a name
    public Optional<AcceptedEvent> read(TenantId tenant, Bytes body, EventTypeNames names) {
        if (envelope == null || !PlainText.is(body)) {
            return Optional.empty();
        }
        return new EventScan(this, envelope, tenant, names, body).read();
    }

    /// @param version null for the latest
    @Nullable OfType find(TenantId tenant, String type, @Nullable String version) {
        OfVersions versions = types.find(tenant, type);
        if (versions == null) {
            return null;
        }
        return version == null ? versions.latest() : versions.byVersion().get(version);
    }

    private static OfVersions rules(List<Contract> versions) {
        Map<String, OfType> byVersion = new HashMap<>();
        versions.forEach(
                contract -> byVersion.put(contract.id().version().toString(), rule(contract)));
        return new OfVersions(byVersion, rule(versions.getLast()));
    }

    private static OfType rule(Contract contract) {
        JsonNode document = contract.document();
        return new OfType(
                contract.id().version().toString(),
                RuleCompiler.compile(document, "/properties"),
                !document.path("required").isEmpty());
    }
}
