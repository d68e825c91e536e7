package dev.sluice.loader.sink;

import dev.sluice.contracts.subject.SubjectId;
import dev.sluice.runtime.failure.TransientFailure;
import dev.sluice.runtime.memory.EffectLog;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// A sink in memory that fails on request.
final class MemorySink implements Sink {

    final Map<String, SinkRow> rows = new TreeMap<>();

    /// Ids of events that it refuses for good.
    final Set<String> refused = new HashSet<>();

    /// Ids of events that it does not take now.
    final Set<String> later = new HashSet<>();

    /// Whether it refuses a whole request for the sake of one row.
    boolean allOrNothing;

    boolean away;
    int writes;

    private final EffectLog log;

    MemorySink(EffectLog log) {
        this.log = log;
    }

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public SinkAnswer write(String window, List<SinkRow> offered) {
        writes++;
        log.mustLive();
        if (away) {
            throw new TransientFailure("memory is away");
        }
        List<RefusedRow> bad =
                offered.stream()
                        .filter(row -> refused.contains(id(row)))
                        .map(row -> new RefusedRow(row, "bad"))
                        .toList();
        if (allOrNothing && !bad.isEmpty()) {
            return new SinkAnswer.Unsorted("bad");
        }
        List<SinkRow> waiting = offered.stream().filter(row -> later.contains(id(row))).toList();
        List<SinkRow> good = new ArrayList<>(offered);
        good.removeAll(waiting);
        good.removeAll(bad.stream().map(RefusedRow::row).toList());
        int superseded = 0;
        for (SinkRow row : good) {
            SinkRow before = rows.get(key(row));
            if (before != null && before.version() > row.version()) {
                superseded++;
            } else {
                rows.put(key(row), row);
            }
        }
        log.note("memory " + good.stream().map(MemorySink::id).toList());
        return new SinkAnswer.Sorted(
                superseded,
                bad,
                waiting.isEmpty()
                        ? null
                        : new SinkAnswer.Later(waiting, new TransientFailure("memory is busy")));
    }

    @Override
    public void erase(SinkErasure erasure) {
        rows.values()
                .removeIf(
                        row ->
                                row.receipt().tenantId().equals(erasure.tenant())
                                        && row.receipt()
                                                .receivedTs()
                                                .isBefore(erasure.receivedBefore())
                                        && isOneOf(erasure.ids(), row));
    }

    private static boolean isOneOf(Set<SubjectId> ids, SinkRow row) {
        return !Collections.disjoint(ids, row.subjects());
    }

    private static String id(SinkRow row) {
        return row.receipt().eventId().value();
    }

    private static String key(SinkRow row) {
        return row.receipt().tenantId() + "/" + row.receipt().eventId();
    }
}
