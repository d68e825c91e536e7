package dev.sluice.gdpr;

import dev.sluice.gdpr.store.Holdings;

import java.time.Instant;
import java.util.List;

/// What an erasure removed, all in all and however often it was interrupted, or what it would.
///
/// @param name under which the erasure goes, the same for the same subjects
/// @param receivedBefore what was received before it went
public record ErasureReceipt(String name, Instant receivedBefore, List<OfStore> stores) {

    /// @param records of the person
    /// @param objects that held them beside those of others
    /// @param files of the person alone
    /// @param bytes of both
    public record OfStore(String store, int records, int objects, int files, long bytes) {

        static OfStore of(String store, Holdings held) {
            return new OfStore(
                    store,
                    held.records().size(),
                    held.objects().size(),
                    held.files().size(),
                    held.bytes());
        }
    }
}
