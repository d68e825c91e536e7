package dev.sluice.collector.ingress;

import dev.sluice.contracts.event.SourceId;
import dev.sluice.contracts.event.TenantId;

/// Who a write key belongs to.
public record Producer(TenantId tenantId, SourceId sourceId) {}
