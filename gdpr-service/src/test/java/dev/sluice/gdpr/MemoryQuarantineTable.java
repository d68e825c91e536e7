package dev.sluice.gdpr;

import dev.sluice.contracts.event.TenantId;
import dev.sluice.contracts.subject.SubjectId;
import dev.sluice.gdpr.quarantine.QuarantineTable;
import dev.sluice.gdpr.store.HeldRecord;
import dev.sluice.gdpr.store.Subjects;
import dev.sluice.runtime.failure.TransientFailure;
import dev.sluice.runtime.memory.EffectLog;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/// The quarantine's rows in memory.
final class MemoryQuarantineTable implements QuarantineTable {

    /// @param subject that the row names
    record Row(TenantId tenant, SubjectId subject, HeldRecord record) {}

    final Map<String, Row> rows = new TreeMap<>();

    /// Ids of records that were counted as suppressed.
    final TreeSet<String> suppressed = new TreeSet<>();

    boolean away;
    private final EffectLog log;

    MemoryQuarantineTable(EffectLog log) {
        this.log = log;
    }

    @Override
    public List<HeldRecord> find(Subjects whose) {
        log.mustLive();
        return rows.values().stream()
                .filter(row -> whose.mayHave(row.tenant(), row.record().receivedTs()))
                .filter(row -> whose.haveOneOf(List.of(row.subject())))
                .map(Row::record)
                .toList();
    }

    @Override
    public void erase(TenantId tenant, Collection<HeldRecord> records) {
        log.mustLive();
        if (away) {
            throw new TransientFailure("rows in memory: the warehouse is away");
        }
        boolean changed = false;
        for (HeldRecord record : records) {
            changed |= suppressed.add(record.id());
            rows.remove(record.id());
        }
        if (changed) {
            log.note("rows are gone: " + records.size());
        }
    }
}
