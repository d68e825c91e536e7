package dev.sluice.gdpr.store;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// What a store holds of a person. Has no ids of persons, so that it can be kept.
///
/// @param records by their id
/// @param objects that hold records of others too, by key: the ids of those that have to go
/// @param files that go whole, by key, and their size
public record Holdings(
        Map<String, HeldRecord> records,
        Map<String, Set<String>> objects,
        Map<String, Long> files) {

    public static final Holdings NONE = new Holdings(Map.of(), Map.of(), Map.of());

    public boolean isEmpty() {
        return records.isEmpty() && objects.isEmpty() && files.isEmpty();
    }

    /// Of records and files.
    public long bytes() {
        return records.values().stream().mapToLong(HeldRecord::bytes).sum()
                + files.values().stream().mapToLong(Long::longValue).sum();
    }

    /// Both together.
    public Holdings plus(Holdings other) {
        Map<String, HeldRecord> allRecords = new TreeMap<>(other.records);
        allRecords.putAll(records);
        Map<String, Set<String>> allObjects = new TreeMap<>();
        addIds(objects, allObjects);
        addIds(other.objects, allObjects);
        Map<String, Long> allFiles = new TreeMap<>(other.files);
        allFiles.putAll(files);
        return new Holdings(allRecords, allObjects, allFiles);
    }

    private static void addIds(Map<String, Set<String>> from, Map<String, Set<String>> to) {
        from.forEach((key, ids) -> to.computeIfAbsent(key, _ -> new TreeSet<>()).addAll(ids));
    }

    /// Gathers what is found.
    public static final class Finder {

        private final Map<String, HeldRecord> records = new TreeMap<>();
        private final Map<String, Set<String>> objects = new TreeMap<>();
        private final Map<String, Long> files = new TreeMap<>();

        /// A record in an object.
        public void record(HeldRecord record, String object) {
            records.put(record.id(), record);
            objects.computeIfAbsent(object, _ -> new TreeSet<>()).add(record.id());
        }

        /// Records that may be in no object any more.
        public void rows(Collection<HeldRecord> rows) {
            rows.forEach(row -> records.putIfAbsent(row.id(), row));
        }

        public void file(String key, long size) {
            files.put(key, size);
        }

        public Holdings found() {
            return new Holdings(records, objects, files);
        }
    }
}
