package dev.sluice.gdpr;

import dev.sluice.contracts.event.TenantId;
import dev.sluice.contracts.subject.SubjectId;
import dev.sluice.gdpr.store.ErasableStore;
import dev.sluice.gdpr.store.ErasableStoreKit;
import dev.sluice.runtime.memory.EffectLog;

import java.time.Instant;

class MemoryRowsTest extends ErasableStoreKit {

    private final MemoryRows memory = new MemoryRows(new EffectLog());

    @Override
    protected ErasableStore store() {
        return memory;
    }

    @Override
    protected void empty() {
        memory.rows.clear();
    }

    @Override
    protected void add(TenantId tenant, SubjectId id, Instant at) {
        memory.rows.add(new MemoryRows.Row(String.valueOf(memory.rows.size()), tenant, id, at));
    }

    @Override
    protected void fail(boolean failing) {
        memory.away = failing;
    }
}
