package dev.sluice.gdpr.quarantine;

import dev.sluice.contracts.event.Receipt;
import dev.sluice.contracts.rejection.QuarantineFile;
import dev.sluice.contracts.rejection.QuarantineRecord;
import dev.sluice.contracts.subject.BodySubjects;
import dev.sluice.gdpr.store.HeldRecord;
import dev.sluice.gdpr.store.Holdings;
import dev.sluice.gdpr.store.Subjects;
import dev.sluice.runtime.failure.SetupFailure;
import dev.sluice.runtime.failure.TransientFailure;
import dev.sluice.runtime.objects.ObjectStore;
import dev.sluice.runtime.objects.ObjectSummary;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The objects of the quarantine. A search reads all of them: rows do not tell of records that have
/// left the quarantine, or that stand in two objects.
final class QuarantineObjects {

    private final ObjectStore objects;

    QuarantineObjects(ObjectStore objects) {
        this.objects = objects;
    }

    /// Adds what the objects hold of the subjects.
    void find(Subjects whose, Holdings.Finder found) {
        Map<String, Long> mended = sizes(QuarantineRecord.MENDED);
        for (String key : sizes(QuarantineFile.PREFIX).keySet()) {
            for (QuarantineRecord record : read(key)) {
                Receipt receipt = record.receipt();
                if (receipt != null && whose.mayHave(receipt.tenantId(), receipt.receivedTs())) {
                    find(record, key, whose, mended, found);
                }
            }
        }
    }

    /// Takes records out of an object; removes it if none is left. What is swapped in was read back
    /// before.
    void rewrite(String key, Set<String> without) {
        if (objects.read(key).isEmpty()) {
            return;
        }
        List<QuarantineRecord> records = read(key);
        List<QuarantineRecord> kept =
                records.stream().filter(each -> !without.contains(each.quarantineId())).toList();
        if (kept.isEmpty()) {
            objects.delete(key);
        } else if (kept.size() < records.size()) {
            swap(QuarantineFile.at(key, kept));
        }
    }

    void delete(String key) {
        objects.delete(key);
    }

    private void find(
            QuarantineRecord record,
            String key,
            Subjects whose,
            Map<String, Long> mended,
            Holdings.Finder found) {
        String mendedKey = QuarantineRecord.mendedKey(record.quarantineId());
        String largeKey = record.originalKey();
        Optional<byte[]> original =
                largeKey == null ? Optional.of(record.original()) : objects.read(largeKey);
        boolean theirs = original.map(BodySubjects::of).filter(whose::haveOneOf).isPresent();
        if (theirs) {
            found.record(
                    new HeldRecord(
                            record.quarantineId(), record.receivedTs(), record.encode().length),
                    key);
        }
        if (theirs && largeKey != null) {
            found.file(largeKey, original.orElseThrow().length);
        }
        Long size = mended.get(mendedKey);
        if (size != null && (theirs || names(mendedKey, whose))) {
            found.file(mendedKey, size);
        }
    }

    /// A body may name a person only since it was mended; the record as it was sent stays then.
    private boolean names(String mendedKey, Subjects whose) {
        return objects.read(mendedKey).map(BodySubjects::of).filter(whose::haveOneOf).isPresent();
    }

    private Map<String, Long> sizes(String prefix) {
        try (Stream<ObjectSummary> all = objects.list(prefix)) {
            return all.collect(
                    Collectors.toMap(
                            ObjectSummary::key, ObjectSummary::size, (a, _) -> a, HashMap::new));
        }
    }

    private List<QuarantineRecord> read(String key) {
        Optional<byte[]> content = objects.read(key);
        try {
            return content.map(QuarantineFile::read).orElse(List.of());
        } catch (IllegalArgumentException e) {
            throw new SetupFailure(objects.uri(key) + " cannot be read: " + e.getMessage(), e);
        }
    }

    private void swap(QuarantineFile file) {
        String uri = objects.uri(file.key());
        if (!lines(QuarantineFile.read(file.content())).equals(lines(file.records()))) {
            throw new IllegalStateException(uri + " would not be what was meant");
        }
        objects.write(file.key(), file.content());
        if (!objects.read(file.key()).filter(it -> Arrays.equals(it, file.content())).isPresent()) {
            throw new TransientFailure(uri + " is not what was written");
        }
    }

    private static List<String> lines(List<QuarantineRecord> records) {
        return records.stream()
                .map(each -> new String(each.encode(), StandardCharsets.UTF_8))
                .toList();
    }
}
