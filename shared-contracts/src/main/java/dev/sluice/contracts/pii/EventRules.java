package dev.sluice.contracts.pii;

import dev.sluice.contracts.event.TenantId;
import dev.sluice.contracts.schema.ByEventType;
import dev.sluice.contracts.schema.Contract;
import dev.sluice.contracts.schema.ContractCatalog;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What all contracts of one moment say is personal. Immutable.
public final class EventRules {

    private final FieldRule envelope;
    private final ByEventType<Versions> types;

    /// @param newest for a version that is not here yet: it may only be stricter than this one
    private record Versions(Map<String, FieldRule> rules, FieldRule newest) {}

    public EventRules(ContractCatalog catalog) {
        Contract whole = catalog.envelope();
        envelope = RuleTree.of(whole);
        types = catalog.byEventType().map(versions -> byVersion(whole, versions));
    }

    /// For a body of which nobody knows which contract it keeps, if any.
    public FieldRule ofUnknown() {
        return envelope;
    }

    /// The rule of the body of an event. For a version that is newer than any here it is that of
    /// the newest, and for a type that is not here that of the envelope alone.
    ///
    /// @param type as the tenant calls it
    /// @param version of the contract
    public FieldRule of(TenantId tenant, String type, String version) {
        @Nullable Versions versions = types.find(tenant, type);
        return versions == null
                ? envelope
                : versions.rules().getOrDefault(version, versions.newest());
    }

    /// @param versions oldest first
    private static Versions byVersion(Contract envelope, List<Contract> versions) {
        Map<String, FieldRule> rules = new HashMap<>();
        FieldRule newest = RuleTree.of(envelope, versions.getLast());
        for (Contract version : versions) {
            rules.put(version.id().version().toString(), RuleTree.of(envelope, version));
        }
        return new Versions(rules, newest);
    }
}
