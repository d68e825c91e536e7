package dev.sluice.gdpr;

import dev.sluice.contracts.event.TenantId;
import dev.sluice.contracts.subject.SubjectId;
import dev.sluice.gdpr.store.ErasableStore;
import dev.sluice.gdpr.store.HeldRecord;
import dev.sluice.gdpr.store.Holdings;
import dev.sluice.gdpr.store.Subjects;
import dev.sluice.runtime.failure.TransientFailure;
import dev.sluice.runtime.memory.EffectLog;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// A table of rows in memory that each name a person.
final class MemoryRows implements ErasableStore {

    /// @param key of the row
    record Row(String key, TenantId tenant, SubjectId subject, Instant at) {}

    final List<Row> rows = new ArrayList<>();
    boolean away;
    private final EffectLog log;

    MemoryRows(EffectLog log) {
        this.log = log;
    }

    @Override
    public String name() {
        return "rows";
    }

    @Override
    public Holdings find(Subjects whose) {
        log.mustLive();
        Holdings.Finder found = new Holdings.Finder();
        found.rows(
                rows.stream()
                        .filter(row -> isOf(whose, row))
                        .map(row -> new HeldRecord(row.key(), row.at(), 0))
                        .toList());
        return found.found();
    }

    @Override
    public void erase(Subjects whose, Holdings held) {
        log.mustLive();
        if (away) {
            throw new TransientFailure("rows in memory: the warehouse is away");
        }
        if (rows.removeIf(row -> isOf(whose, row))) {
            log.note("rows that were made of events are gone");
        }
    }

    private static boolean isOf(Subjects whose, Row row) {
        return whose.mayHave(row.tenant(), row.at()) && whose.haveOneOf(List.of(row.subject()));
    }
}
