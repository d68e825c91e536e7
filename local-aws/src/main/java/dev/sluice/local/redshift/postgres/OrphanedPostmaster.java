package dev.sluice.local.redshift.postgres;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A postmaster that outlived the process that started it. `postmaster.pid` names it; a process is
/// stopped only when its command line shows that it is the postmaster of this very directory,
/// because process ids are used again.
final class OrphanedPostmaster {

    private static final Logger LOG = LoggerFactory.getLogger(OrphanedPostmaster.class);
    private static final Duration FAST_STOP = Duration.ofSeconds(10);
    private static final Duration IMMEDIATE_STOP = Duration.ofSeconds(5);

    private final Path cluster;
    private final Path pidFile;

    OrphanedPostmaster(Path cluster) {
        this.cluster = cluster;
        this.pidFile = cluster.resolve("postmaster.pid");
    }

    /// Stops the postmaster if one is left, first in the fast way, which rolls back what is open
    /// and writes a checkpoint. A pid file without a postmaster is removed.
    void stop() {
        stop(find());
    }

    /// The postmaster of the directory, if one runs.
    Optional<ProcessHandle> find() {
        return Files.exists(pidFile) ? postmaster() : Optional.empty();
    }

    /// Stops the given process and waits until it has exited, then removes the pid file.
    void stop(Optional<ProcessHandle> postmaster) {
        try {
            if (postmaster.isPresent() && postmaster.get().isAlive()) {
                LOG.info("stopping postmaster of {} with pid {}", cluster, postmaster.get().pid());
                stop(postmaster.get());
            }
            Files.deleteIfExists(pidFile);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot take over " + cluster, e);
        }
    }

    private Optional<ProcessHandle> postmaster() {
        try {
            List<String> lines = Files.readAllLines(pidFile);
            long pid = Long.parseLong(lines.isEmpty() ? "" : lines.getFirst().strip());
            return ProcessHandle.of(pid).filter(this::isPostmasterHere);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + pidFile, e);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private boolean isPostmasterHere(ProcessHandle process) {
        ProcessHandle.Info info = process.info();
        boolean postgres =
                info.command().map(command -> command.endsWith("postgres")).orElse(false);
        return postgres
                && info.arguments().map(List::of).orElse(List.of()).contains(cluster.toString());
    }

    private void stop(ProcessHandle postmaster) throws IOException {
        signal("INT", postmaster);
        if (!ended(postmaster, FAST_STOP)) {
            signal("QUIT", postmaster);
            if (!ended(postmaster, IMMEDIATE_STOP)) {
                postmaster.destroyForcibly();
                if (!ended(postmaster, IMMEDIATE_STOP)) {
                    throw new IOException("postmaster " + postmaster.pid() + " does not stop");
                }
            }
        }
    }

    /// Java itself knows only TERM and KILL; TERM makes a postmaster wait for its clients.
    private static void signal(String name, ProcessHandle process) throws IOException {
        try {
            new ProcessBuilder("/bin/sh", "-c", "kill -" + name + " " + process.pid())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while stopping postmaster " + process.pid(), e);
        }
    }

    private static boolean ended(ProcessHandle process, Duration within) throws IOException {
        try {
            process.onExit().get(within.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return !process.isAlive();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while stopping postmaster " + process.pid(), e);
        } catch (ExecutionException e) {
            throw new IOException("cannot wait for postmaster " + process.pid(), e);
        }
    }
}
