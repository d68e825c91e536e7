package dev.sluice.replay;

import dev.sluice.contracts.event.SourceId;
import dev.sluice.contracts.event.TenantId;
import dev.sluice.loader.publish.CuratedFiles;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// What is brought in.
///
/// @param id names it and its files for ever; the same for the same content, tenant and source
/// @param tenant whose events they are
/// @param source that they count as sent by
/// @param received when they count as received; null for when they happened
public record BackfillPlan(
        String id, TenantId tenant, SourceId source, @Nullable Instant received) {

    /// What keys of its files start with.
    String prefix() {
        return CuratedFiles.REPLAYED_PREFIX + "backfill-" + id + "/";
    }
}
