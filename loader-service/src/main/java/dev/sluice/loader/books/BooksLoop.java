package dev.sluice.loader.books;

import dev.sluice.loader.turn.TurnThread;
import dev.sluice.loader.warehouse.LoopFailure;
import dev.sluice.runtime.health.HealthReport;
import dev.sluice.runtime.health.HealthSource;

import io.micrometer.core.instrument.MeterRegistry;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;

/// Copies the books, and now and then looks at them and deletes what is old, while this task leads,
/// on a thread of its own: loading never waits for the books.
///
/// Health is up whatever it finds. Books that do not balance, or cannot be copied, say that
/// something went wrong elsewhere or before; a loader that is taken out of service for it mends
/// nothing, and stops loading. The meters are what to alarm on.
public final class BooksLoop implements HealthSource, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BooksLoop.class);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration PRUNE_INTERVAL = Duration.ofHours(1);

    /// What is known of the books; all of it is forgotten when another task leads.
    ///
    /// @param since when this task has led
    /// @param copied when the last copy began
    /// @param checked when the last look was taken
    /// @param pruned when old rows were deleted last
    /// @param problem why the last turn failed; empty if it did not
    private record Known(
            @Nullable Instant since,
            @Nullable Instant copied,
            @Nullable Instant checked,
            @Nullable Instant pruned,
            Balance balance,
            String problem) {

        static final Known NOTHING = new Known(null, null, null, null, Balance.EVEN, "");

        static Known leading(Instant since) {
            return new Known(since, null, null, null, Balance.EVEN, "");
        }

        Known copied(Instant began) {
            return new Known(since, began, checked, pruned, balance, "");
        }

        Known checked(Instant now, Balance found) {
            return new Known(since, copied, now, pruned, found, problem);
        }

        Known pruned(Instant now) {
            return new Known(since, copied, checked, now, balance, problem);
        }

        Known failed(String why) {
            return new Known(since, copied, checked, pruned, balance, why);
        }
    }

    private final BooleanSupplier leads;
    private final BooksCopy copy;
    private final BalanceCheck check;
    private final OldCounts old;
    private final BooksTiming timing;
    private final InstantSource clock;
    private final BooksMetrics metrics;
    private final TurnThread thread;
    private volatile Known known = Known.NOTHING;

    /// @param leads whether this task is the leader and the tables are up to date
    public BooksLoop(
            BooleanSupplier leads,
            BooksCopy copy,
            BalanceCheck check,
            OldCounts old,
            BooksTiming timing,
            InstantSource clock,
            MeterRegistry meters) {
        this.leads = leads;
        this.copy = copy;
        this.check = check;
        this.old = old;
        this.timing = timing;
        this.clock = clock;
        this.thread = new TurnThread("books-loop", this::turn, timing.copyInterval());
        this.metrics = new BooksMetrics(meters, () -> known.balance(), this::age);
    }

    /// Returns at once.
    public void start() {
        thread.start();
    }

    /// One turn: a copy, and a look and a deletion if it is time for them.
    void turn() {
        if (!leads.getAsBoolean()) {
            known = Known.NOTHING;
            return;
        }
        Instant now = clock.instant();
        if (known.since() == null) {
            known = Known.leading(now);
        }
        try {
            BooksCopy.Copied copied = copy.copy(known.copied());
            metrics.copied(copied);
            known = known.copied(copied.began());
        } catch (RuntimeException e) {
            failed("copy", e);
            return;
        }
        if (isDue(known.checked(), timing.checkInterval(), now)) {
            look(known, now);
        }
        if (isDue(known.pruned(), PRUNE_INTERVAL, now)) {
            prune(now);
        }
    }

    private static boolean isDue(@Nullable Instant last, Duration interval, Instant now) {
        return last == null || !last.plus(interval).isAfter(now);
    }

    @Override
    public HealthReport health() {
        Known now = known;
        Map<String, String> details = new LinkedHashMap<>();
        if (now.since() != null) {
            details.put("copied", String.valueOf(now.copied()));
            details.put("imbalance", String.valueOf(now.balance().events()));
        }
        if (!now.balance().first().isEmpty()) {
            details.put("uneven", now.balance().first().toString());
        }
        return new HealthReport(true, why(now), details);
    }

    @Override
    public void close() {
        thread.close();
    }

    /// Only whole minutes, and only as of the last copy: what is not copied yet is not missing.
    private void look(Known current, Instant now) {
        Instant copied = current.copied() == null ? now : current.copied();
        Instant until = copied.minus(timing.settle()).minus(MINUTE).plusNanos(1_000);
        try {
            Balance balance = check.look(now.minus(timing.lookback()), until);
            tell(current.balance(), balance);
            known = current.checked(now, balance);
        } catch (RuntimeException e) {
            failed("check", e);
        }
    }

    /// Not tried again before its next time when it fails: nothing depends on it.
    private void prune(Instant now) {
        known = known.pruned(now);
        try {
            long rows = old.delete(now.minus(timing.retention()));
            if (rows > 0) {
                LOG.info("{} rows of the books were older than {}", rows, timing.retention());
            }
        } catch (RuntimeException e) {
            failed("prune", e);
        }
    }

    private void failed(String step, RuntimeException e) {
        LoopFailure failure = LoopFailure.of(e);
        metrics.failed(step);
        if (known.problem().isEmpty()) {
            LOG.warn("the {} of the books failed: {}", step, failure.why());
        }
        known = known.failed("the " + step + " of the books fails: " + failure.why());
    }

    private static void tell(Balance before, Balance now) {
        if (now.minutes() > 0 && !now.equals(before)) {
            LOG.error(
                    "the books do not balance: {} events in {} minutes (minute, tenant, difference):"
                            + " {}; docs/runbooks/books-imbalance.md says what to do",
                    now.events(),
                    now.minutes(),
                    now.first());
        } else if (now.minutes() == 0 && before.minutes() > 0) {
            LOG.info("the books balance again");
        }
    }

    private static String why(Known now) {
        if (!now.problem().isEmpty()) {
            return now.problem();
        }
        Balance balance = now.balance();
        return balance.minutes() == 0
                ? ""
                : "the books do not balance: %d events in %d minutes"
                        .formatted(balance.events(), balance.minutes());
    }

    private Duration age() {
        Known now = known;
        Instant since = now.copied() == null ? now.since() : now.copied();
        return since == null ? Duration.ZERO : Duration.between(since, clock.instant());
    }
}
