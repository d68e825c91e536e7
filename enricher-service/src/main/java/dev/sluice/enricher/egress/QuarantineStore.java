package dev.sluice.enricher.egress;

import dev.sluice.contracts.rejection.QuarantineFile;
import dev.sluice.contracts.rejection.QuarantineRecord;
import dev.sluice.runtime.failure.TransientFailure;
import dev.sluice.runtime.objects.ObjectStore;
import dev.sluice.runtime.objects.PendingObject;

import java.io.IOException;
import java.util.List;

/// Puts quarantine records into the object store. The same records give the same objects.
public final class QuarantineStore {

    private final ObjectStore objects;

    public QuarantineStore(ObjectStore objects) {
        this.objects = objects;
    }

    /// Returns when every record is durable.
    ///
    /// @throws TransientFailure if the store cannot take them now; some may be there already
    public void write(List<QuarantineRecord> rejected) {
        for (QuarantineFile file : QuarantineFile.of(rejected)) {
            try (PendingObject object = objects.begin(file.key())) {
                object.content().write(file.content());
                object.publish();
            } catch (IOException e) {
                throw new TransientFailure("cannot write " + objects.uri(file.key()), e);
            }
        }
    }
}
