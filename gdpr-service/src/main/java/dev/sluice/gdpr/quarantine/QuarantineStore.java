package dev.sluice.gdpr.quarantine;

import dev.sluice.gdpr.store.ErasableStore;
import dev.sluice.gdpr.store.Holdings;
import dev.sluice.gdpr.store.Subjects;
import dev.sluice.runtime.objects.ObjectStore;

/// The quarantine: rows and marks in the warehouse, objects, large originals and mended bodies
/// in the bucket.
public final class QuarantineStore implements ErasableStore {

    private final QuarantineTable table;
    private final QuarantineObjects objects;

    public QuarantineStore(QuarantineTable table, ObjectStore objects) {
        this.table = table;
        this.objects = new QuarantineObjects(objects);
    }

    @Override
    public String name() {
        return "quarantine";
    }

    @Override
    public Holdings find(Subjects whose) {
        Holdings.Finder found = new Holdings.Finder();
        objects.find(whose, found);
        found.rows(table.find(whose));
        return found.found();
    }

    @Override
    public void erase(Subjects whose, Holdings held) {
        table.erase(whose.tenant(), held.records().values());
        held.objects().forEach(objects::rewrite);
        held.files().keySet().forEach(objects::delete);
    }
}
