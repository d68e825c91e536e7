package dev.sluice.loader.warehouse;

import dev.sluice.loader.StoredRow;
import dev.sluice.loader.queue.LoadFile;
import dev.sluice.loader.queue.LoadTable;
import dev.sluice.runtime.failure.OutcomeUnknown;
import dev.sluice.runtime.memory.EffectLog;
import dev.sluice.runtime.objects.ObjectStore;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// A warehouse in memory, with a ledger and a MERGE as the real one has them.
public final class MemoryWarehouse implements Warehouse {

    private record EventKey(String tenant, String eventId) implements Comparable<EventKey> {
        @Override
        public int compareTo(EventKey other) {
            int byTenant = tenant.compareTo(other.tenant);
            return byTenant != 0 ? byTenant : eventId.compareTo(other.eventId);
        }
    }

    private final ObjectStore objects;
    private final EffectLog log;

    private final Map<EventKey, Long> events = new TreeMap<>();
    private final Set<StoredRow> duplicateReceipts = new HashSet<>();
    private final Map<String, StoredRow> quarantined = new TreeMap<>();
    private final Set<String> released = new HashSet<>();
    private final Map<String, Long> sessions = new TreeMap<>();
    private final Set<String> identities = new TreeSet<>();
    private final Set<String> ledger = new TreeSet<>();
    private long fence;
    private boolean answerLost;

    /// @param objects that the files and manifests are in
    /// @param log gets every commit
    public MemoryWarehouse(ObjectStore objects, EffectLog log) {
        this.objects = objects;
        this.log = log;
    }

    @Override
    public LoadOutcome load(LoadBatch batch) {
        log.mustLive();
        if (fence > batch.fence()) {
            return new LoadOutcome.Fenced(fence);
        }
        Set<String> before =
                batch.files().stream()
                        .map(LoadFile::key)
                        .filter(ledger::contains)
                        .collect(Collectors.toSet());
        if (!before.isEmpty()) {
            return new LoadOutcome.LoadedBefore(before);
        }
        List<StoredRow> staged = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (LoadFile file : batch.files()) {
            byte[] content = objects.read(file.key()).orElse(null);
            if (content == null) {
                return new LoadOutcome.Refused("there is no file " + file.key());
            }
            try {
                if (batch.table().holdsEvents()) {
                    staged.addAll(StoredRow.read(content));
                }
                names.addAll(StoredRow.texts(content, name(batch.table())));
            } catch (IllegalArgumentException e) {
                return new LoadOutcome.Refused(String.valueOf(e.getMessage()));
            }
        }
        if (names.size() != batch.rows()) {
            return new LoadOutcome.Refused("the files hold " + names.size() + " rows");
        }
        return commit(batch, staged, names);
    }

    /// What tells a row from others, in the words of DuckDB.
    private static String name(LoadTable table) {
        return switch (table) {
            case EVENTS -> "event_id";
            case QUARANTINED_EVENTS -> "quarantine_id";
            case SESSIONS -> "concat(tenant_id, '/', session_id, '@', revision)";
            case IDENTITIES ->
                    "concat(tenant_id, '/', id_kind, '/', id, '/', person_id, '/', linked_at, '/',"
                            + " event_id, '/', shared)";
        };
    }

    private LoadOutcome commit(LoadBatch batch, List<StoredRow> staged, List<String> names) {
        LoadOutcome.Loaded counts =
                switch (batch.table()) {
                    case EVENTS -> merge(staged);
                    case QUARANTINED_EVENTS -> quarantine(names, staged);
                    case SESSIONS -> upsert(names);
                    case IDENTITIES -> link(names);
                };
        fence = batch.fence();
        batch.files().forEach(file -> ledger.add(file.key()));
        log.note("load " + batch.id() + " rows=" + names.size());
        if (answerLost) {
            answerLost = false;
            throw new OutcomeUnknown(
                    "batch " + batch.id(), new IllegalStateException("the answer was lost"));
        }
        return counts;
    }

    /// A record takes the place of an earlier one of the same event; one whose event is there
    /// leaves at once.
    ///
    /// @param ids of the records, in the order of their rows
    private LoadOutcome.Loaded quarantine(List<String> ids, List<StoredRow> staged) {
        Map<String, StoredRow> records = new TreeMap<>();
        for (int i = 0; i < ids.size(); i++) {
            if (!released.contains(ids.get(i)) && !quarantined.containsKey(ids.get(i))) {
                records.put(ids.get(i), staged.get(i));
            }
        }
        release(Set.copyOf(records.values()));
        records.forEach(
                (id, row) -> {
                    if (Objects.equals(events.get(key(row)), row.receivedMicros())) {
                        released.add(id);
                    } else {
                        quarantined.put(id, row);
                    }
                });
        return new LoadOutcome.Loaded(ids.size(), records.size(), 0, ids.size() - records.size());
    }

    /// @param revisions each behind its session's name
    private LoadOutcome.Loaded upsert(List<String> revisions) {
        Map<String, Long> newest = new TreeMap<>();
        for (String each : revisions) {
            int at = each.lastIndexOf('@');
            newest.merge(each.substring(0, at), Long.parseLong(each.substring(at + 1)), Math::max);
        }
        newest.entrySet()
                .removeIf(each -> sessions.getOrDefault(each.getKey(), -1L) >= each.getValue());
        sessions.putAll(newest);
        return new LoadOutcome.Loaded(
                revisions.size(), newest.size(), 0, revisions.size() - newest.size());
    }

    private LoadOutcome.Loaded link(List<String> links) {
        int known = identities.size();
        identities.addAll(links);
        int inserted = identities.size() - known;
        return new LoadOutcome.Loaded(links.size(), inserted, 0, links.size() - inserted);
    }

    /// Takes the records of these receipts out of the quarantine.
    private void release(Set<StoredRow> receipts) {
        quarantined
                .entrySet()
                .removeIf(
                        record ->
                                record.getValue().eventId() != null
                                        && receipts.contains(record.getValue())
                                        && released.add(record.getKey()));
    }

    /// Of the copies of an event the one in the table survives, or else the one received first.
    private LoadOutcome.Loaded merge(List<StoredRow> staged) {
        release(Set.copyOf(staged));
        Map<EventKey, Long> first = new TreeMap<>();
        for (StoredRow row : staged) {
            first.merge(key(row), row.receivedMicros(), Math::min);
        }
        int known = events.size();
        first.forEach(events::putIfAbsent);
        long inserted = events.size() - known;
        int recorded = duplicateReceipts.size();
        staged.stream()
                .filter(row -> !Objects.equals(events.get(key(row)), row.receivedMicros()))
                .forEach(duplicateReceipts::add);
        long duplicates = duplicateReceipts.size() - recorded;
        return new LoadOutcome.Loaded(
                staged.size(), inserted, duplicates, staged.size() - inserted - duplicates);
    }

    /// The next load is committed, but its caller is not told.
    void loseNextAnswer() {
        answerLost = true;
    }

    /// Every row of `events`, by tenant and id.
    public List<StoredRow> rows() {
        return events.entrySet().stream()
                .map(
                        row ->
                                new StoredRow(
                                        row.getKey().tenant, row.getKey().eventId, row.getValue()))
                .toList();
    }

    public Set<StoredRow> duplicateReceipts() {
        return Set.copyOf(duplicateReceipts);
    }

    /// The ids of `quarantined_events`, in order.
    List<String> quarantined() {
        return List.copyOf(quarantined.keySet());
    }

    /// Sessions, `tenant/id@revision`, in order.
    List<String> sessions() {
        return sessions.entrySet().stream()
                .map(each -> each.getKey() + "@" + each.getValue())
                .toList();
    }

    /// How many links there are.
    long links() {
        return identities.size();
    }

    /// The files that are loaded.
    Set<String> ledger() {
        return Set.copyOf(ledger);
    }

    private static EventKey key(StoredRow row) {
        return new EventKey(row.tenant(), row.eventId());
    }
}
