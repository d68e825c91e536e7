package dev.sluice.traffic.load;

import dev.sluice.traffic.PlannedBatch;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Sends traffic at a rate that does not depend on the answers (open loop). Each event is due at
/// its place in the schedule; what is sent late is measured from when it was due. A device posts
/// one batch after the other. One run for each instance.
public final class LoadRunner {

    private static final long PROGRESS_NANOS = Duration.ofSeconds(1).toNanos();

    private final LoadSettings settings;
    private final Supplier<PlannedBatch> traffic;
    private final LoadClock clock;
    private final DeliveryAccount account = new DeliveryAccount();
    private final Latencies latencies = new Latencies();
    private final AnswerTimes answers = new AnswerTimes();
    private final DeviceTurns turns = new DeviceTurns();
    private final Semaphore slots;

    private volatile boolean stopped;
    private long heldBack;
    private long start;
    private long nextProgress;

    /// @param traffic asked by one thread only, such as `TrafficModel::nextBatch`
    public LoadRunner(LoadSettings settings, Supplier<PlannedBatch> traffic, LoadClock clock) {
        this.settings = settings;
        this.traffic = traffic;
        this.clock = clock;
        this.slots = new Semaphore(settings.maxInFlight());
    }

    /// Sends for the whole duration, then waits until every batch is settled.
    ///
    /// @param progress called by the calling thread about once a second, and once at the end
    /// @throws InterruptedException when the calling thread is asked to stop; what is in flight is
    ///     given up
    public LoadReport run(Consumer<LoadProgress> progress) throws InterruptedException {
        start = clock.nanos();
        nextProgress = start + PROGRESS_NANOS;
        ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
        HttpClient http =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(settings.retries().timeout())
                        .executor(requests)
                        .build();
        try {
            sendAll(new BatchSender(http, settings, clock, account, answers), requests, progress);
            Duration sending = Duration.ofNanos(clock.nanos() - start);
            while (!slots.tryAcquire(settings.maxInFlight(), 1, TimeUnit.SECONDS)) {
                report(progress);
            }
            report(progress);
            return new LoadReport(sending, account, heldBack, latencies.all(), answers.summaries());
        } finally {
            http.shutdownNow();
            requests.shutdownNow();
        }
    }

    /// Leaves what was answered until now, such as by a cold collector, out of the report's
    /// answers.
    public void forgetAnswers() {
        var _ = answers.summaries();
    }

    /// Nothing new is sent from now on; `run` returns once every batch is settled. Any thread may
    /// call.
    public void stop() {
        stopped = true;
    }

    private void sendAll(
            BatchSender sender, ExecutorService requests, Consumer<LoadProgress> progress)
            throws InterruptedException {
        long end = start + settings.duration().toNanos();
        double nanosPerEvent = 1e9 / settings.eventsPerSecond();
        long planned = 0;
        while (!stopped && clock.nanos() < end) {
            long due = start + (long) (planned * nanosPerEvent);
            if (due >= end || !waitUntil(due, progress) || !takeSlot(progress)) {
                return;
            }
            PlannedBatch batch = traffic.get();
            planned += batch.events().size();
            account.sent(batch);
            DeviceTurns.Turn turn = turns.next(batch.anonymousId());
            requests.execute(() -> deliver(sender, batch, turn, due));
        }
    }

    private void deliver(BatchSender sender, PlannedBatch batch, DeviceTurns.Turn turn, long due) {
        try (turn) {
            turn.await();
            if (sender.send(batch) == Outcome.ACKNOWLEDGED) {
                latencies.record(clock.nanos() - due);
            }
        } finally {
            slots.release();
        }
    }

    /// False when the run was stopped meanwhile.
    private boolean waitUntil(long due, Consumer<LoadProgress> progress)
            throws InterruptedException {
        for (long now = clock.nanos(); now < due && !stopped; now = clock.nanos()) {
            clock.pause(Duration.ofNanos(Math.min(due, nextProgress) - now));
            reportWhenDue(progress);
        }
        reportWhenDue(progress);
        return !stopped;
    }

    /// False when the run was stopped before a request was free.
    private boolean takeSlot(Consumer<LoadProgress> progress) throws InterruptedException {
        if (slots.tryAcquire()) {
            return true;
        }
        heldBack++;
        while (!stopped) {
            if (slots.tryAcquire(1, TimeUnit.SECONDS)) {
                return true;
            }
            report(progress);
        }
        return false;
    }

    private void reportWhenDue(Consumer<LoadProgress> progress) {
        if (clock.nanos() >= nextProgress) {
            report(progress);
            nextProgress += PROGRESS_NANOS;
        }
    }

    private void report(Consumer<LoadProgress> progress) {
        Duration elapsed = Duration.ofNanos(clock.nanos() - start);
        progress.accept(
                new LoadProgress(elapsed, account.totals(), heldBack, latencies.sinceLast()));
    }
}
