package dev.sluice.crash;

import dev.sluice.fleet.CommandProcess;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// A command that is run beside the fleet again and again, as a process of its own each time, and
/// can be killed.
final class Beside implements AutoCloseable {

    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    /// As small as those of the services.
    private static final List<String> LIMITS = List.of("-Xmx320m", "-XX:TieredStopAtLevel=1");

    private final String name;
    private final Orders orders;
    private final Path logs;
    private final Deeds deeds;
    private final Thread thread;
    private @Nullable Duration killAfter;
    private volatile boolean ending;
    private volatile int kills;
    private int runs;

    /// What is run. Called by one thread.
    interface Orders {

        /// The words of the next command, as typed after `sluice`.
        List<String> next();

        /// @param exitCode of the process, whoever ended it
        /// @param said what it wrote
        void ended(int exitCode, String said);

        /// Whether something that was begun has to be gone on with.
        boolean isUnfinished();

        /// From the end of a command to the next.
        Duration pause();
    }

    /// @param name of the logs below `logs`
    Beside(String name, Orders orders, Path logs, Deeds deeds) {
        this.name = name;
        this.orders = orders;
        this.logs = logs;
        this.deeds = deeds;
        this.thread = Thread.ofPlatform().daemon().name("beside-" + name).unstarted(this::loop);
    }

    void start() {
        thread.start();
    }

    /// `kill -9` so long after a process has said its first word: the one under way, or else one of
    /// the next.
    synchronized void killAfter(Duration time) {
        killAfter = time;
    }

    int kills() {
        return kills;
    }

    /// Begins nothing new, and goes on with what was begun.
    ///
    /// @return whether that came to its end in time
    boolean finish(Duration atMost) throws InterruptedException {
        ending = true;
        return thread.join(atMost) && !orders.isUnfinished();
    }

    @Override
    public void close() {
        ending = true;
        thread.interrupt();
    }

    private void loop() {
        try {
            while (!ending || orders.isUnfinished()) {
                run();
                Thread.sleep(orders.pause());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean isToDie(Duration worked) {
        boolean now = killAfter != null && worked.compareTo(killAfter) > 0;
        if (now) {
            killAfter = null;
        }
        return now;
    }

    private static void awaitAtWork(CommandProcess process) throws InterruptedException {
        boolean ended = false;
        while (!ended && process.said().isEmpty()) {
            ended = process.await(LOOK_EVERY);
        }
    }

    private void run() throws InterruptedException {
        Path log = logs.resolve("%s-%03d.log".formatted(name, ++runs));
        try (CommandProcess process = CommandProcess.start(orders.next(), LIMITS, log)) {
            awaitAtWork(process);
            long began = System.nanoTime();
            while (!process.await(LOOK_EVERY)) {
                Duration worked = Duration.ofNanos(System.nanoTime() - began);
                if (isToDie(worked)) {
                    process.kill();
                    kills++;
                    deeds.add(
                            "kill -9 the %s, %.1f s at work"
                                    .formatted(name, worked.toMillis() / 1000.0));
                }
            }
            orders.ended(process.exitCode(), process.said());
        }
    }
}
