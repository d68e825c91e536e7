package dev.sluice.validator.process.contract;

import dev.sluice.contracts.event.TenantId;

import java.util.Map;

/// Who may send events of types that have no contract.
///
/// @param otherwise for tenants that are not named
public record UnknownTypePolicy(UnknownTypes otherwise, Map<TenantId, UnknownTypes> byTenant) {

    public UnknownTypePolicy {
        byTenant = Map.copyOf(byTenant);
    }

    UnknownTypes of(TenantId tenant) {
        return byTenant.getOrDefault(tenant, otherwise);
    }
}
