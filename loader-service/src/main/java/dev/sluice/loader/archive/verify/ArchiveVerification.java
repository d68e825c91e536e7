package dev.sluice.loader.archive.verify;

import dev.sluice.loader.archive.ArchiveKey;
import dev.sluice.loader.archive.ArchiveReader;
import dev.sluice.loader.archive.ArchiveSidecar;
import dev.sluice.loader.archive.FrameNote;
import dev.sluice.runtime.books.BooksStore;
import dev.sluice.runtime.objects.ObjectStore;
import dev.sluice.runtime.stream.ShardId;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// Verifies some hours of the archive: each object, that none is missing between them, before them
/// and after them, and that they have the events that the books have.
public final class ArchiveVerification {

    /// Of the hours around, names are read at once, and what lies further back if it is needed.
    /// Spilled events arrive as late as this.
    private static final Duration AROUND = Duration.ofDays(1);

    private static final Duration HOUR = Duration.ofHours(1);
    private static final int TELL_EVERY = 100;

    private final ObjectStore objects;
    private final ArchiveReader archive;
    private final InstantSource clock;

    public ArchiveVerification(ObjectStore objects, InstantSource clock) {
        this.objects = objects;
        this.archive = new ArchiveReader(objects);
        this.clock = clock;
    }

    /// @param progress told what is being looked at
    public VerifyReport run(VerifyScope scope, Consumer<String> progress) {
        return new Run(scope, progress).report();
    }

    private final class Run {

        private final VerifyScope scope;
        private final Consumer<String> progress;
        private final Instant now = clock.instant();
        private final List<Finding> findings = new ArrayList<>();
        private final List<String> notes = new ArrayList<>();
        private final CountCheck counts = new CountCheck();
        private final ArchiveListing listing;
        private final ChainCheck chain;

        private long frames;
        private long unreadable;
        private long events;
        private long bytes;

        Run(VerifyScope scope, Consumer<String> progress) {
            this.scope = scope;
            this.progress = progress;
            listing =
                    new ArchiveListing(
                            objects,
                            scope.from().minus(AROUND),
                            earlier(scope.hoursEnd().plus(AROUND), now.plus(HOUR)));
            chain = new ChainCheck(listing, now.minus(scope.keep()).plus(AROUND), findings::add);
        }

        VerifyReport report() {
            List<ArchiveKey> keys = listing.between(scope.from(), scope.hoursEnd());
            addSidecars(listing.between(scope.from().minus(HOUR), scope.from()));
            readObjects(keys);
            checkNeighbours();
            BooksStore books = scope.books();
            if (books != null) {
                compareWithBooks(books);
            }
            addNotes();
            return new VerifyReport(
                    keys.size(), frames, unreadable, events, bytes, findings, notes);
        }

        private void readObjects(List<ArchiveKey> keys) {
            ObjectCheck check = new ObjectCheck(archive, findings::add);
            int done = 0;
            for (ArchiveKey key : keys) {
                check.check(key).ifPresent(this::take);
                if (++done % TELL_EVERY == 0 || done == keys.size()) {
                    progress.accept("%,d of %,d objects".formatted(done, keys.size()));
                }
            }
        }

        private void take(CheckedObject object) {
            chain.check(object.key(), object.link());
            counts.add(object.key(), object.frames());
            frames += object.frames().size();
            bytes += object.bytes();
            for (FrameNote frame : object.frames()) {
                unreadable += frame.readable() ? 0 : 1;
                events += frame.events().values().stream().mapToInt(Integer::intValue).sum();
            }
        }

        /// The first object of each shard after these hours tells whether their last is there; so
        /// do the ends of shards and, if all names up to now are read, what is acknowledged.
        private void checkNeighbours() {
            progress.accept("the ends of shards");
            Set<ShardId> seen = new HashSet<>();
            for (ArchiveKey key : listing.between(scope.hoursEnd(), Instant.MAX)) {
                if (seen.add(key.shard())) {
                    try {
                        chain.check(key, archive.object(key.toString()).link());
                    } catch (IllegalArgumentException e) {
                        notes.add(key + " after these hours cannot be read");
                    }
                }
            }
            listing.ends().forEach(chain::check);
            if (!scope.hoursEnd().plus(AROUND).isBefore(now)) {
                chain.check(scope.acknowledged());
            }
        }

        /// Events arrive after their receipt, spilled ones hours later: what is missing is looked
        /// for hour by hour.
        private void compareWithBooks(BooksStore store) {
            progress.accept("the books");
            BookedEvents books = BookedEvents.since(store, scope.from());
            Instant settled = earlier(scope.to(), now.minus(scope.settle()));
            long from = TenantMinute.minuteOf(scope.from());
            long end = TenantMinute.minuteOf(settled);
            if (from < end && !books.haveAny(from, end)) {
                notes.add("the books have no minute of these hours to compare with");
            }
            List<TenantMinute> missing = counts.shortMinutes(books, from, end);
            Instant hour = scope.hoursEnd();
            for (Instant last = hour.plus(AROUND); !missing.isEmpty() && hour.isBefore(last); ) {
                addSidecars(listing.between(hour, hour.plus(HOUR)));
                hour = hour.plus(HOUR);
                missing = counts.shortMinutes(books, from, end);
            }
            counts.report(books, missing, findings::add);
            long uncounted = counts.uncounted(books, from, end);
            if (uncounted > 0) {
                notes.add(
                        "%,d archived events are not counted by the validator"
                                .formatted(uncounted));
            }
            if (settled.isBefore(scope.to())) {
                notes.add("minutes after " + settled + " are not compared with the books yet");
            }
        }

        private void addSidecars(List<ArchiveKey> keys) {
            for (ArchiveKey key : keys) {
                try {
                    Optional<ArchiveSidecar> sidecar = archive.sidecar(key);
                    sidecar.ifPresent(found -> counts.add(key, found.frames()));
                } catch (IllegalArgumentException e) {
                    notes.add(key + " around these hours has a sidecar that cannot be read");
                }
            }
        }

        private void addNotes() {
            note(chain.unlinked(), "objects are of a version that does not say what they follow");
            note(chain.goneByAge(), "objects follow what may be gone by age");
            note(listing.orphans(), "sidecars around these hours belong to no object");
            note(unreadable, "frames were unreadable when they were received");
        }

        private void note(long count, String what) {
            if (count > 0) {
                notes.add("%,d %s".formatted(count, what));
            }
        }
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
