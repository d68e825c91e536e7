package dev.sluice.runtime.publish;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;

/// Time that moves only when a test says so, and tasks that run only then.
final class ManualTiming implements Timing {

    private record Delayed(long at, long order, Runnable task) {}

    private final Random random;
    private final List<Runnable> started = new ArrayList<>();
    private final PriorityQueue<Delayed> delayed =
            new PriorityQueue<>(
                    Comparator.comparingLong(Delayed::at).thenComparingLong(Delayed::order));
    private final List<Duration> pauses = new ArrayList<>();
    private long now;
    private long order;

    ManualTiming(long seed) {
        random = new Random(seed);
    }

    @Override
    public long nanos() {
        return now;
    }

    @Override
    public void pause(Duration duration) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        pauses.add(duration);
        now += duration.toNanos();
    }

    @Override
    public void start(Runnable task) {
        started.add(task);
    }

    @Override
    public void startAfter(Duration delay, Runnable task) {
        delayed.add(new Delayed(now + delay.toNanos(), order++, task));
    }

    @Override
    public double random() {
        return random.nextDouble();
    }

    /// Tasks that would be running now.
    int running() {
        return started.size();
    }

    /// Runs what is started, and what that starts, in order.
    void runAll() {
        while (!started.isEmpty()) {
            started.removeFirst().run();
        }
    }

    /// Runs the task that was started last.
    void runLast() {
        started.removeLast().run();
    }

    /// Runs one of the started tasks, whichever comes.
    void runAny() {
        if (!started.isEmpty()) {
            started.remove(random.nextInt(started.size())).run();
        }
    }

    /// Lets time pass and runs what is due, in order; tasks take no time.
    void advance(Duration duration) {
        long until = now + duration.toNanos();
        runAll();
        while (!delayed.isEmpty() && delayed.peek().at() <= until) {
            Delayed next = delayed.remove();
            now = Math.max(now, next.at());
            next.task().run();
            runAll();
        }
        now = until;
    }

    List<Duration> pauses() {
        return pauses;
    }
}
