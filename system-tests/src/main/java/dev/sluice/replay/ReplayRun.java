package dev.sluice.replay;

import dev.sluice.runtime.failure.TransientFailure;

import org.jspecify.annotations.Nullable;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/// Works on a plan with some workers until every item is finished, by whomever.
public final class ReplayRun {

    private static final Duration LEASE = Duration.ofSeconds(60);
    private static final int WINDOW_ROWS = 50_000;
    private static final int MOST_ATTEMPTS = 8;

    private final ReplayPlan plan;
    private final ReplayParts parts;
    private final PastRefusals refusals;
    private final ItemRun.Terms terms;
    private final Duration pause;
    private final Map<Integer, Double> underWay = new ConcurrentHashMap<>();

    /// How far it is.
    ///
    /// @param items of the plan
    /// @param finished of them
    /// @param part of the work that is done, from 0 to 1
    /// @param counts of finished items
    public record Progress(int items, int finished, double part, ItemCounts counts) {}

    /// Asks the warehouse what the line refused in the time of the plan.
    public static ReplayRun of(ReplayPlan plan, ReplayParts parts, Connection warehouse)
            throws SQLException {
        return new ReplayRun(
                plan,
                parts,
                PastRefusals.read(warehouse, plan.from().minus(plan.warmUp()), plan.to()),
                new ItemRun.Terms(LEASE, WINDOW_ROWS),
                Duration.ofSeconds(1));
    }

    /// @param pause before what was in vain is tried again, or what others hold is looked at again
    ReplayRun(
            ReplayPlan plan,
            ReplayParts parts,
            PastRefusals refusals,
            ItemRun.Terms terms,
            Duration pause) {
        this.plan = plan;
        this.parts = parts;
        this.refusals = refusals;
        this.terms = terms;
        this.pause = pause;
    }

    /// Returns when every item is finished.
    ///
    /// @param workers at least 1
    /// @param progress is told every second or so
    /// @throws RuntimeException that ended a worker; what is finished stays finished, and another
    ///     run of the plan goes on from there
    public ItemCounts run(int workers, Consumer<Progress> progress) throws InterruptedException {
        List<Future<?>> running = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(workers)) {
            for (int i = 0; i < workers; i++) {
                running.add(threads.submit(this::untilAllIsFinished));
            }
            try {
                for (Future<?> worker : running) {
                    await(worker, progress);
                }
            } finally {
                threads.shutdownNow();
            }
        }
        Progress end = progress();
        progress.accept(end);
        return end.counts();
    }

    private void await(Future<?> worker, Consumer<Progress> progress) throws InterruptedException {
        while (true) {
            try {
                worker.get(pause.toMillis(), TimeUnit.MILLISECONDS);
                return;
            } catch (TimeoutException e) {
                progress.accept(progress());
            } catch (ExecutionException e) {
                throw e.getCause() instanceof RuntimeException failure
                        ? failure
                        : new IllegalStateException("a worker of " + plan.id() + " ended", e);
            }
        }
    }

    private Progress progress() {
        Map<Integer, ItemCounts> finished = parts.items().finished(plan);
        int items = plan.items().size();
        double begun =
                underWay.entrySet().stream()
                        .filter(item -> !finished.containsKey(item.getKey()))
                        .mapToDouble(Map.Entry::getValue)
                        .sum();
        ItemCounts counts = finished.values().stream().reduce(ItemCounts.NONE, ItemCounts::plus);
        return new Progress(items, finished.size(), (finished.size() + begun) / items, counts);
    }

    private @Nullable Void untilAllIsFinished() throws InterruptedException {
        int attempts = 0;
        while (true) {
            try {
                Optional<WorkItems.Claim> claim = parts.items().claim(plan, terms.lease());
                if (claim.isPresent()) {
                    work(claim.get());
                } else if (parts.items().finished(plan).size() == plan.items().size()) {
                    return null;
                } else {
                    TimeUnit.NANOSECONDS.sleep(pause.toNanos());
                }
                attempts = 0;
            } catch (TransientFailure e) {
                if (++attempts == MOST_ATTEMPTS) {
                    throw e;
                }
                TimeUnit.NANOSECONDS.sleep(pause.multipliedBy(attempts).toNanos());
            }
        }
    }

    /// An item that fails is taken again at once, by whomever.
    private void work(WorkItems.Claim claim) {
        int number = claim.item().number();
        try {
            new ItemRun(plan, claim, parts, refusals, terms, part -> underWay.put(number, part))
                    .run();
        } catch (ItemRun.ClaimLost e) {
            // Whoever took it makes the same of it.
        } catch (TransientFailure | CancellationException e) {
            parts.items().giveBack(claim);
            throw e;
        } finally {
            underWay.remove(number);
        }
    }
}
