package dev.sluice.fleet;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/// One task of a service, as a process of its own. A process that ended is followed by another with
/// the same name, port and worker id. Thread-safe.
public final class FleetTask {

    private static final Duration ANSWER = Duration.ofSeconds(5);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private final Service service;
    private final int port;
    private final Path log;
    private final List<String> jvm;
    private final HttpClient http;
    private @Nullable Process process;
    private int starts;

    /// @param jvm the command up to the main class
    FleetTask(Service service, int port, Path log, List<String> jvm, HttpClient http) {
        this.service = service;
        this.port = port;
        this.log = log;
        this.jvm = List.copyOf(jvm);
        this.http = http;
    }

    /// Such as `validator-1`.
    public String name() {
        return service.name();
    }

    /// Such as `validator`.
    public String serviceName() {
        return name().substring(0, name().lastIndexOf('-'));
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /// Where its processes write, one after the other.
    public Path log() {
        return log;
    }

    /// How often a process of it was started.
    public synchronized int starts() {
        return starts;
    }

    /// Starts a process, unless one runs; returns at once.
    public synchronized void start() {
        if (isAlive()) {
            return;
        }
        List<String> command = new ArrayList<>(jvm);
        command.add(TaskMain.class.getName());
        command.add(service.application().getName());
        command.addAll(service.arguments());
        try {
            process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                            .start();
            starts++;
        } catch (IOException e) {
            throw new UncheckedIOException(name() + " cannot be started", e);
        }
    }

    public synchronized boolean isAlive() {
        return process != null && process.isAlive();
    }

    /// `kill -9`.
    ///
    /// @return whether a process was there to be killed
    public boolean kill() {
        Process running = running();
        if (running == null) {
            return false;
        }
        running.destroyForcibly().onExit().join();
        return true;
    }

    /// SIGTERM; waits until the process has ended.
    ///
    /// @throws IllegalStateException if it runs on after this time; it is killed then
    public Ended terminate(Duration atMost) throws InterruptedException {
        Process running = Objects.requireNonNull(running(), () -> name() + " does not run");
        long asked = System.nanoTime();
        // Process.destroy would close its input as well, and so end it at once.
        running.toHandle().destroy();
        if (!running.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
            running.destroyForcibly().onExit().join();
            throw new IllegalStateException(name() + " ran on " + atMost + " after SIGTERM");
        }
        return new Ended(Duration.ofNanos(System.nanoTime() - asked), running.exitValue());
    }

    /// SIGSTOP: the process stands still, as in a long garbage collection.
    public void pause() {
        signal("STOP");
    }

    /// SIGCONT.
    public void resume() {
        signal("CONT");
    }

    /// Whether it says of itself that it is ready for work.
    public boolean isReady() {
        try {
            return ask("/actuator/health").statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /// What its readiness probe answers, a status of HTTP.
    ///
    /// @throws IOException if nobody answers
    public int readiness() throws IOException {
        return ask("/actuator/health/readiness").statusCode();
    }

    /// @throws IllegalStateException if it is not ready by then or has ended; the message says
    ///     where its log is
    public void awaitReady(Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (!isReady()) {
            if (!isAlive() || System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        name() + (isAlive() ? " is not ready" : " has ended") + "; see " + log);
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY.toMillis());
        }
    }

    /// Waits until it answers, well or not, or has ended, or the time is over.
    public void awaitStarted(Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (isAlive() && !answers() && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY.toMillis());
        }
    }

    private boolean answers() {
        try {
            return readiness() > 0;
        } catch (IOException nobodyAnswers) {
            return false;
        }
    }

    /// Its metrics as of now.
    public Metrics metrics() throws IOException {
        return Metrics.parse(ask("/actuator/prometheus").body());
    }

    /// Of its process, 0 when none runs.
    public synchronized long pid() {
        return process != null && process.isAlive() ? process.pid() : 0;
    }

    /// How a process ended after SIGTERM.
    public record Ended(Duration after, int exitCode) {}

    private HttpResponse<String> ask(String path) throws IOException {
        try {
            return http.send(
                    HttpRequest.newBuilder(url().resolve(path)).timeout(ANSWER).build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while asking " + name(), e);
        }
    }

    private synchronized @Nullable Process running() {
        return process != null && process.isAlive() ? process : null;
    }

    private void signal(String name) {
        long pid = pid();
        if (pid == 0) {
            return;
        }
        try {
            new ProcessBuilder("kill", "-" + name, String.valueOf(pid))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .onExit()
                    .join();
        } catch (IOException e) {
            throw new UncheckedIOException("SIG" + name + " cannot be sent to " + name(), e);
        }
    }
}
