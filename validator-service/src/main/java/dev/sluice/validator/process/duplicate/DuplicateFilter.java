package dev.sluice.validator.process.duplicate;

import dev.sluice.contracts.event.Receipt;
import dev.sluice.validator.process.AllowedBatch;
import dev.sluice.validator.process.CheckedEvent;
import dev.sluice.validator.process.UniqueBatch;

import java.util.ArrayList;
import java.util.List;

/// Takes valid events apart: the first with its tenant and id, in the order of the shard, and its
/// copies. What was refused does not count as seen, so a mended event may come with the same id.
public final class DuplicateFilter {

    private final SeenIds seen;
    private final EventKeys keys = new EventKeys();

    public DuplicateFilter(SeenIds seen) {
        this.seen = seen;
    }

    /// Call {@link #commit} once the unique events are durable, {@link #rollback} if they are not.
    public UniqueBatch apply(AllowedBatch allowed) {
        List<CheckedEvent> unique = new ArrayList<>(allowed.valid().size());
        List<CheckedEvent> duplicates = new ArrayList<>();
        for (CheckedEvent event : allowed.valid()) {
            (isNew(event) ? unique : duplicates).add(event);
        }
        return new UniqueBatch(
                unique, duplicates, allowed.rejected(), allowed.suppressed(), allowed.upTo());
    }

    /// The unique events of the last slice are durable: their ids are seen for good.
    public void commit() {
        seen.commit();
    }

    /// Forgets the ids of a slice that was not committed; does nothing after a commit.
    public void rollback() {
        seen.rollback();
    }

    private boolean isNew(CheckedEvent event) {
        Receipt receipt = event.received().receipt();
        return seen.add(
                keys.of(receipt.tenantId(), receipt.eventId()),
                IdMerge.place(event.key()),
                event.received().arrivedAt().getEpochSecond());
    }
}
