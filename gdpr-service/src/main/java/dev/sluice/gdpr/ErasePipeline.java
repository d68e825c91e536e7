package dev.sluice.gdpr;

import dev.sluice.contracts.subject.SuppressionList;
import dev.sluice.gdpr.journal.ErasureJournal;
import dev.sluice.gdpr.journal.OpenErasure;
import dev.sluice.gdpr.person.PersonSubjects;
import dev.sluice.gdpr.person.Persons;
import dev.sluice.gdpr.store.ErasableStore;
import dev.sluice.gdpr.store.Holdings;
import dev.sluice.gdpr.store.Subjects;
import dev.sluice.gdpr.suppression.Suppressions;
import dev.sluice.runtime.failure.SetupFailure;
import dev.sluice.runtime.failure.TransientFailure;
import dev.sluice.runtime.reference.Digests;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/// A request in; the person, with all ids that it alone has, on the suppression list and out of
/// every store, and in the end out of the store of ids; then the receipt. An erasure that was
/// interrupted goes on when the same subjects are erased again.
public final class ErasePipeline {

    private final ErasureJournal journal;
    private final Suppressions suppressions;
    private final Settling settling;
    private final Persons persons;
    private final List<ErasableStore> stores;
    private final long mostRecords;
    private final InstantSource clock;

    /// @param mostRecords that a request may match unless it says otherwise
    public ErasePipeline(
            ErasureJournal journal,
            Suppressions suppressions,
            Settling settling,
            Persons persons,
            List<ErasableStore> stores,
            long mostRecords,
            InstantSource clock) {
        this.journal = journal;
        this.suppressions = suppressions;
        this.settling = settling;
        this.persons = persons;
        this.stores = List.copyOf(stores);
        this.mostRecords = mostRecords;
        this.clock = clock;
    }

    /// What would go now. Changes nothing.
    public ErasurePlan preview(ErasureRequest request) {
        PersonSubjects person = persons.of(request.tenant(), request.subjects());
        OpenErasure erasure = found(request.with(person.stored()), open(request));
        return new ErasurePlan(person, receipt(request, erasure));
    }

    /// Returns when every store has nothing of the person any more.
    ///
    /// @throws SetupFailure if the request matches improbably many records; nothing is changed then
    /// @throws TransientFailure if a store is away, or has something left; doing it again goes on
    public ErasureReceipt erase(ErasureRequest request) {
        OpenErasure erasure = open(request);
        PersonSubjects person = persons.of(request.tenant(), request.subjects());
        ErasureRequest whole = request.with(person.stored());
        requireFew(request, found(whole, erasure));
        journal.write(name(request), erasure);
        suppress(whole, erasure);
        settling.await(clock.instant());
        erasure = found(whole, erasure);
        journal.write(name(request), erasure);
        for (ErasableStore store : stores) {
            store.erase(whose(whole, erasure), erasure.held(store.name()));
        }
        verify(whole, erasure);
        persons.remove(request.tenant(), request.subjects());
        journal.close(name(request));
        return receipt(request, erasure);
    }

    private OpenErasure open(ErasureRequest request) {
        return journal.find(name(request))
                .orElseGet(
                        () ->
                                new OpenErasure(
                                        clock.instant().truncatedTo(ChronoUnit.MICROS), Map.of()));
    }

    private void suppress(ErasureRequest request, OpenErasure erasure) {
        Instant at = erasure.askedAt();
        long bound = request.forEver() ? SuppressionList.FOR_EVER : SuppressionList.micros(at);
        suppressions.add(request.tenant(), request.subjects(), bound, at, request.reference());
    }

    private OpenErasure found(ErasureRequest request, OpenErasure before) {
        OpenErasure erasure = before;
        for (ErasableStore store : stores) {
            erasure = erasure.with(store.name(), store.find(whose(request, before)));
        }
        return erasure;
    }

    private void requireFew(ErasureRequest request, OpenErasure erasure) {
        long records =
                erasure.held().values().stream().mapToLong(held -> held.records().size()).sum();
        if (records > mostRecords && !request.anyNumber()) {
            throw new SetupFailure(
                    "%d records match, more than %d: that is hardly one person; check the ids"
                            .formatted(records, mostRecords));
        }
    }

    private void verify(ErasureRequest request, OpenErasure erasure) {
        for (ErasableStore store : stores) {
            Holdings left = store.find(whose(request, erasure));
            if (!left.isEmpty()) {
                throw new TransientFailure(
                        "the %s has %d records and %d files again; erase once more"
                                .formatted(
                                        store.name(), left.records().size(), left.files().size()));
            }
        }
    }

    private ErasureReceipt receipt(ErasureRequest request, OpenErasure erasure) {
        return new ErasureReceipt(
                name(request),
                erasure.askedAt(),
                stores.stream()
                        .map(
                                store ->
                                        ErasureReceipt.OfStore.of(
                                                store.name(), erasure.held(store.name())))
                        .toList());
    }

    private static Subjects whose(ErasureRequest request, OpenErasure erasure) {
        return new Subjects(request.tenant(), request.subjects(), erasure.askedAt());
    }

    /// Of the keys that were asked for, so that nobody can tell whose it is, and that it stays when
    /// the other ids are gone.
    private String name(ErasureRequest request) {
        List<String> keys = suppressions.keysOf(request.tenant(), request.subjects());
        return Digests.sha256(String.join("\n", keys).getBytes(StandardCharsets.UTF_8));
    }
}
