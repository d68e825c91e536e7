package dev.sluice.loader.compact;

import dev.sluice.loader.lake.FileList;
import dev.sluice.loader.lake.FileLists;
import dev.sluice.loader.lake.LakeHour;
import dev.sluice.runtime.objects.ObjectStore;
import dev.sluice.runtime.objects.ObjectSummary;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/// Looks at all hours, and sees to those that are due. Reads a list only if it has changed, or a
/// moment has come that it was waiting for. Used by one thread.
public final class CompactTurn {

    private static final Logger LOG = LoggerFactory.getLogger(CompactTurn.class);

    /// @param changedAt of the list that was read
    /// @param again when there is something to do, if the list stays as it is
    private record Seen(Instant changedAt, Instant again) {}

    private final FileLists lists;
    private final CompactionPlan plan;
    private final CompactPipeline pipeline;
    private final Sweep sweep;
    private final CompactMetrics metrics;
    private final InstantSource clock;
    private final Map<LakeHour, Seen> hours = new HashMap<>();

    public CompactTurn(
            FileLists lists,
            ObjectStore objects,
            CompactLimits limits,
            CompactMetrics metrics,
            InstantSource clock) {
        this.lists = lists;
        this.plan = new CompactionPlan(limits);
        this.pipeline = new CompactPipeline(lists, objects, limits, clock);
        this.sweep = new Sweep(lists, objects, plan);
        this.metrics = metrics;
        this.clock = clock;
    }

    /// Sees to what is due. An hour that fails does not keep the others.
    ///
    /// @param goesOn asked between two hours
    /// @throws RuntimeException the last failure
    public void take(BooleanSupplier goesOn) {
        RuntimeException failure = null;
        for (Map.Entry<LakeHour, Instant> hour : changes().entrySet()) {
            if (!goesOn.getAsBoolean()) {
                return;
            }
            try {
                see(hour.getKey(), hour.getValue());
            } catch (RuntimeException e) {
                failure = e;
                hours.remove(hour.getKey());
                LOG.warn("hour {}: {}", hour.getKey().path(), e.getMessage());
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    /// When the lists that have to be read were changed last, the newest hour last.
    private Map<LakeHour, Instant> changes() {
        Instant now = clock.instant();
        Map<LakeHour, Instant> changed = new TreeMap<>();
        try (Stream<ObjectSummary> all = lists.all()) {
            all.forEach(
                    list ->
                            LakeHour.of(list.key())
                                    .filter(hour -> toRead(hours.get(hour), list, now))
                                    .ifPresent(hour -> changed.put(hour, list.modifiedAt())));
        }
        return changed;
    }

    private static boolean toRead(@Nullable Seen seen, ObjectSummary list, Instant now) {
        return seen == null
                || !seen.changedAt().equals(list.modifiedAt())
                || !now.isBefore(seen.again());
    }

    private void see(LakeHour hour, Instant changedAt) {
        Instant now = clock.instant();
        FileList list = lists.read(hour);
        if (!now.isBefore(plan.dueAt(hour, list, changedAt))) {
            compact(hour);
        }
        metrics.deleted(sweep.sweep(hour, clock.instant()));
        FileList left = lists.read(hour);
        hours.put(hour, new Seen(changedAt, again(hour, left, changedAt, now)));
    }

    /// When the list has changed meanwhile, it is read again in the next turn anyway.
    private Instant again(LakeHour hour, FileList list, Instant changedAt, Instant now) {
        Instant compact = plan.dueAt(hour, list, changedAt);
        Instant next = plan.sweepAt(list);
        if (compact.isBefore(next)) {
            next = compact;
        }
        Instant orphans = now.plus(CompactionPlan.ORPHAN_AGE);
        return next.isBefore(orphans) ? next : orphans;
    }

    private void compact(LakeHour hour) {
        Instant began = clock.instant();
        Compaction compaction;
        try {
            compaction = pipeline.compact(hour, _ -> {});
        } catch (RuntimeException e) {
            metrics.failed();
            throw e;
        }
        Duration took = Duration.between(began, clock.instant());
        metrics.ended(compaction, took);
        if (compaction instanceof Compaction.Done done) {
            LOG.info(
                    "hour {}: {} files are {} now, {} rows, {} copies dropped, in {} s",
                    hour.path(),
                    done.filesBefore(),
                    done.files(),
                    done.rows(),
                    done.rowsBefore() - done.rows(),
                    took.toSeconds());
        }
    }
}
