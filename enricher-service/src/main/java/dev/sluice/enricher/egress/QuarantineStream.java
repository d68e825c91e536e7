package dev.sluice.enricher.egress;

import dev.sluice.contracts.rejection.QuarantineRecord;
import dev.sluice.runtime.objects.ObjectStore;
import dev.sluice.runtime.publish.ClaimCheckStream;
import dev.sluice.runtime.publish.StreamPublisher;

import java.util.List;

/// Puts quarantine records on the stream to the loader.
public final class QuarantineStream {

    private static final ClaimCheckStream.Terms<QuarantineRecord> LARGE_ORIGINALS =
            new ClaimCheckStream.Terms<>(
                    QuarantineRecord::keyOfLargeOriginal,
                    QuarantineRecord::original,
                    QuarantineRecord::withOriginalAt);

    private final ClaimCheckStream<QuarantineRecord> records;

    /// @param objects get the originals that are too large for a record
    public QuarantineStream(StreamPublisher<QuarantineRecord> publisher, ObjectStore objects) {
        records =
                new ClaimCheckStream<>(
                        publisher, objects, QuarantineRecord::quarantineId, LARGE_ORIGINALS);
    }

    /// Returns when every record is durable.
    ///
    /// @throws dev.sluice.runtime.failure.TransientFailure if they are not all; some may be
    /// @throws dev.sluice.runtime.failure.SetupFailure if stream or bucket is missing
    public void publish(List<QuarantineRecord> refused) {
        records.publish(refused);
    }
}
