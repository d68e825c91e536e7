package dev.sluice.loader.sink;

import dev.sluice.contracts.event.TenantId;

import java.util.Set;

/// How much a sink gets of some events.
///
/// @param tenants whose events; empty for everybody's
/// @param types of which types; empty for all
/// @param sample the share of these events that the sink gets, 0 to 1
public record SinkRule(Set<String> tenants, Set<String> types, double sample) {

    /// @throws IllegalArgumentException if the share is none
    public SinkRule {
        if (!(sample >= 0 && sample <= 1)) {
            throw new IllegalArgumentException("a sample is a share from 0 to 1, not " + sample);
        }
        tenants = Set.copyOf(tenants);
        types = Set.copyOf(types);
    }

    boolean isAbout(TenantId tenant, String type) {
        return (tenants.isEmpty() || tenants.contains(tenant.value()))
                && (types.isEmpty() || types.contains(type));
    }
}
