package dev.sluice.gdpr;

import dev.sluice.contracts.event.TenantId;
import dev.sluice.contracts.subject.SubjectId;
import dev.sluice.gdpr.quarantine.QuarantineTable;
import dev.sluice.gdpr.quarantine.QuarantineTableKit;
import dev.sluice.gdpr.store.HeldRecord;
import dev.sluice.runtime.memory.EffectLog;

import java.time.Instant;
import java.util.Set;

class MemoryQuarantineTableTest extends QuarantineTableKit {

    private final MemoryQuarantineTable memory = new MemoryQuarantineTable(new EffectLog());

    @Override
    protected QuarantineTable table() {
        return memory;
    }

    @Override
    protected void empty() {
        memory.rows.clear();
    }

    @Override
    protected void add(String id, TenantId tenant, SubjectId subject, Instant received) {
        memory.rows.put(
                id,
                new MemoryQuarantineTable.Row(tenant, subject, new HeldRecord(id, received, 0)));
    }

    @Override
    protected Set<String> suppressed() {
        return memory.suppressed;
    }

    @Override
    protected void fail(boolean failing) {
        memory.away = failing;
    }
}
