package dev.sluice.enricher.process;

import dev.sluice.contracts.event.TenantId;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Which enrichments are off, and for whom.
///
/// @param offForAll names
/// @param offByTenant names, besides those
public record Switches(Set<String> offForAll, Map<TenantId, Set<String>> offByTenant) {

    public static final Switches ALL_ON = new Switches(Set.of(), Map.of());

    public Switches {
        offForAll = Set.copyOf(offForAll);
        offByTenant = Map.copyOf(offByTenant);
    }

    /// The same, if all of it can be meant.
    ///
    /// @throws IllegalArgumentException that names what is no enrichment
    public Switches requireKnown(Set<String> enrichments) {
        Set<String> unknown = new TreeSet<>(offForAll);
        offByTenant.values().forEach(unknown::addAll);
        unknown.removeAll(enrichments);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(
                    "switched off, but no enrichments: %s; there are %s"
                            .formatted(unknown, new TreeSet<>(enrichments)));
        }
        return this;
    }

    boolean areAllOn() {
        return offForAll.isEmpty() && offByTenant.isEmpty();
    }

    /// Whether an enrichment is applied to the events of a tenant.
    public boolean isOn(TenantId tenant, String enrichment) {
        return areAllOn()
                || !offForAll.contains(enrichment)
                        && !offByTenant.getOrDefault(tenant, Set.of()).contains(enrichment);
    }
}
