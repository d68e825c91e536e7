package dev.sluice.replay;

import dev.sluice.contracts.event.EventEnvelope;
import dev.sluice.enricher.process.EnrichedEvent;
import dev.sluice.loader.publish.CuratedFiles;
import dev.sluice.loader.publish.EventFiles;
import dev.sluice.loader.queue.LoadFile;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.DoubleConsumer;

/// One work item: warm-up, its events, its files, and its end. What it makes follows from the plan
/// and the archive alone, down to the names of the files, so that doing it again changes nothing,
/// nor does another that does it at once.
final class ItemRun {

    private static final int SLICE_EVENTS = 2_000;
    private static final long SLICE_BYTES = 4L << 20;

    private final ReplayPlan plan;
    private final WorkItems.Claim claim;
    private final ReplayParts parts;
    private final Terms terms;
    private final DoubleConsumer progress;
    private final SliceReader reader;
    private final EventFiles files;
    private final EventLine line;

    private final List<ArchivedRecord> slice = new ArrayList<>();
    private int sliceEvents;
    private long sliceBytes;
    private int windows;
    private long madeRows;
    private long madeFiles;
    private Instant renewAt;

    /// How an item is worked on.
    ///
    /// @param lease of a claim, renewed three times in it
    /// @param windowRows at which files are made
    record Terms(Duration lease, int windowRows) {}

    /// The worker does not hold its item any more.
    static final class ClaimLost extends RuntimeException {
        ClaimLost(WorkItems.Claim claim) {
            super(
                    "item %d of replay %s was taken by another worker"
                            .formatted(claim.item().number(), claim.replay()));
        }
    }

    /// @param progress is told which part of the item is done, from 0 to 1
    ItemRun(
            ReplayPlan plan,
            WorkItems.Claim claim,
            ReplayParts parts,
            PastRefusals refusals,
            Terms terms,
            DoubleConsumer progress) {
        this.plan = plan;
        this.claim = claim;
        this.parts = parts;
        this.terms = terms;
        this.progress = progress;
        reader = new SliceReader(claim.item().keys(), refusals);
        files =
                new EventFiles(
                        parts.steps().rows(),
                        new CuratedFiles(
                                parts.objects(),
                                plan.prefix(),
                                parts.steps().layouts(),
                                parts.clock()));
        line = new EventLine(parts.steps(), files, plan.stage(), this::isWanted);
        renewAt = parts.clock().instant().plus(terms.lease().dividedBy(3));
    }

    /// Returns when the item is finished, or was by another.
    ///
    /// @throws ClaimLost if another worker took it meanwhile; nothing is lost by it
    /// @throws CancellationException if the thread was interrupted
    void run() {
        WorkItem item = claim.item();
        new ArchivedTime(parts.archive())
                .read(item.from().minus(plan.warmUp()), item.to(), this::gather);
        flush();
        publish();
        ItemCounts counts = line.counts().withFiles(madeRows, madeFiles).withCpu(cpuNanos());
        if (!parts.items().finish(claim, counts)) {
            throw new ClaimLost(claim);
        }
    }

    private void gather(ArchivedRecord frame) {
        boolean begins = !slice.isEmpty() && isWarmUp(slice.getLast()) != isWarmUp(frame);
        if (begins || sliceEvents >= SLICE_EVENTS || sliceBytes >= SLICE_BYTES) {
            flush();
        }
        slice.add(frame);
        sliceEvents += Math.clamp(frame.frame().claimedEvents(), 0, SLICE_EVENTS);
        sliceBytes += frame.frame().frame().length;
    }

    private void flush() {
        if (slice.isEmpty()) {
            return;
        }
        SliceReader.Slice read = reader.read(slice);
        pause(read.received().events().size());
        if (isWarmUp(slice.getLast())) {
            line.warm(read.received());
        } else {
            line.take(read.received(), read.left());
        }
        if (files.rows() >= terms.windowRows()) {
            publish();
        }
        renew();
        progress.accept(done(slice.getLast().frame().arrivedAt()));
        slice.clear();
        sliceEvents = 0;
        sliceBytes = 0;
    }

    /// A file is in the queue only when it is there; a dry run only looks at its files.
    private void publish() {
        if (files.rows() == 0) {
            return;
        }
        madeRows += files.rows();
        String window = "%s-%05d-%04d".formatted(plan.id(), claim.item().number(), windows++);
        List<LoadFile> made = files.publish(window);
        madeFiles += made.size();
        if (!plan.dryRun()) {
            parts.queue().add(made);
        }
    }

    private void renew() {
        Instant now = parts.clock().instant();
        if (now.isBefore(renewAt)) {
            return;
        }
        if (!parts.items().renew(claim, terms.lease())) {
            throw new ClaimLost(claim);
        }
        renewAt = now.plus(terms.lease().dividedBy(3));
    }

    private void pause(int events) {
        try {
            parts.pace().await(events);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("replay " + plan.id() + " is to end");
        }
    }

    private boolean isWarmUp(ArchivedRecord frame) {
        return frame.frame().arrivedAt().isBefore(claim.item().from());
    }

    private double done(Instant at) {
        Instant begin = claim.item().from().minus(plan.warmUp());
        double all = Duration.between(begin, claim.item().to()).toMillis();
        return Math.min(1, Duration.between(begin, at).toMillis() / Math.max(1, all));
    }

    private boolean isWanted(EnrichedEvent event) {
        EventEnvelope envelope = event.received().envelope();
        return (plan.tenant() == null
                        || plan.tenant().equals(envelope.receipt().tenantId().value()))
                && (plan.eventType() == null
                        || plan.eventType().equals(envelope.facts().eventType()));
    }

    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
