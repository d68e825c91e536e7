package dev.sluice.line;

import dev.sluice.cli.SluiceCommand;
import dev.sluice.fleet.FleetEndpoints;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// `sluice up` in a process of its own.
final class FleetProcess implements AutoCloseable {

    private final Path data;
    private final Process process;

    private FleetProcess(Path data, Process process) {
        this.data = data;
        this.process = process;
    }

    /// Returns when the fleet is ready.
    static FleetProcess start(Path data) throws IOException, InterruptedException {
        Path output = data.resolve("up.out");
        Files.deleteIfExists(output);
        Process process =
                new ProcessBuilder(
                                List.of(
                                        Path.of(System.getProperty("java.home"), "bin", "java")
                                                .toString(),
                                        "-Xmx1500m",
                                        "-Duser.timezone=UTC",
                                        "--enable-native-access=ALL-UNNAMED",
                                        "--sun-misc-unsafe-memory-access=allow",
                                        "-cp",
                                        System.getProperty("java.class.path"),
                                        SluiceCommand.class.getName(),
                                        "up",
                                        "--data",
                                        data.toString(),
                                        "--port",
                                        "0"))
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        FleetProcess fleet = new FleetProcess(data, process);
        fleet.awaitReady(output);
        return fleet;
    }

    FleetEndpoints endpoints() throws IOException {
        return FleetEndpoints.readFrom(data);
    }

    /// `kill -9`.
    void kill() {
        process.destroyForcibly();
    }

    /// Ctrl-C; gives the exit code once everything has stopped.
    int stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the fleet did not stop within a minute");
        }
        return process.exitValue() == 143 ? 0 : process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    private void awaitReady(Path output) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        while (!Files.readString(output).contains("ready in")) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                process.destroyForcibly();
                throw new IllegalStateException(
                        "the fleet is not ready: " + Files.readString(output));
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }
}
