package dev.sluice.loader.archive.verify;

import dev.sluice.loader.archive.ArchiveKey;
import dev.sluice.loader.archive.ArchiveLink;
import dev.sluice.loader.archive.ShardEnd;
import dev.sluice.runtime.stream.SequenceNumber;
import dev.sluice.runtime.stream.ShardId;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Looks whether objects of a shard follow one another. Each names the frame before its first; some
/// object has to hold that. Whatever run of frames were missing, the first object after it
/// names the last of them, and no object holds it; so overlaps do no harm and no gap is overlooked.
final class ChainCheck {

    private final ArchiveListing listing;
    private final Instant expired;
    private final Consumer<Finding> findings;
    private long goneByAge;
    private long unlinked;

    /// @param expired what arrived before it may have gone by age
    ChainCheck(ArchiveListing listing, Instant expired, Consumer<Finding> findings) {
        this.listing = listing;
        this.expired = expired;
        this.findings = findings;
    }

    /// Objects that follow what may have gone by age.
    long goneByAge() {
        return goneByAge;
    }

    /// Objects that do not say what they follow.
    long unlinked() {
        return unlinked;
    }

    void check(ArchiveKey key, @Nullable ArchiveLink link) {
        if (link == null) {
            unlinked++;
            return;
        }
        SequenceNumber after = link.after();
        if (after == null) {
            checkBeginning(key);
            link.parents().forEach(parent -> checkParent(key, parent));
        } else if (!listing.covers(key.shard(), after)) {
            report(
                    Finding.Kind.GAP,
                    key.toString(),
                    "no object of the shard holds the frame before it, " + after,
                    hasBefore(key));
        }
    }

    /// The end that is noted of a shard has to be there.
    void check(ShardEnd end) {
        SequenceNumber last = end.last();
        if (last != null) {
            checkHeld(end.shard(), last, "its last frame is missing, ");
        }
    }

    /// What is acknowledged has to be there.
    ///
    /// @param acknowledged of each shard the last frame
    void check(Map<ShardId, SequenceNumber> acknowledged) {
        acknowledged.forEach(
                (shard, last) ->
                        checkHeld(shard, last, "a frame that is acknowledged is missing, "));
    }

    /// Nothing was known before it, so it is the shard's beginning, or another beginning was lost.
    private void checkBeginning(ArchiveKey key) {
        boolean held =
                listing.of(key.shard()).stream()
                        .filter(other -> !other.equals(key))
                        .anyMatch(other -> other.covers(key.first()));
        if (hasBefore(key) && !held) {
            report(
                    Finding.Kind.GAP,
                    key.toString(),
                    "the shard was archived anew from here; what was before is unknown",
                    true);
        }
    }

    private void checkParent(ArchiveKey key, ShardId parent) {
        Optional<ShardEnd> end = listing.end(parent);
        if (end.isPresent()) {
            check(end.get());
        } else {
            report(
                    Finding.Kind.GAP,
                    key.toString(),
                    "the end of its shard's parent " + parent + " is not noted",
                    !listing.of(parent).isEmpty());
        }
    }

    private void checkHeld(ShardId shard, SequenceNumber last, String what) {
        if (!listing.covers(shard, last)) {
            report(Finding.Kind.TAIL, shard.toString(), what + last, !listing.of(shard).isEmpty());
        }
    }

    private boolean hasBefore(ArchiveKey key) {
        return listing.of(key.shard()).stream()
                .anyMatch(other -> other.first().compareTo(key.first()) < 0);
    }

    /// @param older whether an object of the shard is there from before; then what is missing came
    ///     after it and is not old enough to be gone
    private void report(Finding.Kind kind, String object, String message, boolean older) {
        Instant oldest = listing.oldest();
        if (!older && oldest != null && oldest.isBefore(expired)) {
            goneByAge++;
        } else {
            findings.accept(new Finding(kind, object, message));
        }
    }
}
