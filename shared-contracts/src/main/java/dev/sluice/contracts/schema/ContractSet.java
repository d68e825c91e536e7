package dev.sluice.contracts.schema;

import dev.sluice.contracts.event.TenantId;

import java.util.List;
import java.util.Map;

/// What is in a set of contract files.
///
/// @param policies by tenant
record ContractSet(List<Contract> contracts, Map<TenantId, UnknownTypes> policies) {

    ContractSet {
        contracts = List.copyOf(contracts);
        policies = Map.copyOf(policies);
    }
}
