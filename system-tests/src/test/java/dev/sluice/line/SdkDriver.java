package dev.sluice.line;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fleet.FleetEndpoints;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Real SDKs for Node, from their registry, each in a process of its own.
final class SdkDriver {

    private static final Path FOLDER = Path.of("src/test/sdks").toAbsolutePath();
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private SdkDriver() {}

    /// An event that an SDK took.
    record Sent(String run, int seq, String user, String anonymous, Instant time) {}

    static boolean isThereNode() {
        try {
            return run(List.of("npm", "--version"), Files.createTempFile("npm", ".log")) == 0;
        } catch (IOException noSuchCommand) {
            return false;
        }
    }

    /// Installs the SDKs in the versions of the lock file.
    static void install(Path logs) throws IOException {
        Path log = logs.resolve("npm.log");
        int exit = run(List.of("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"), log);
        assertThat(exit).as("npm ci: %s", Files.readString(log)).isZero();
    }

    /// Sends events with an SDK until it has delivered them.
    static List<Sent> send(String sdk, FleetEndpoints fleet, int count, Duration spread, Path logs)
            throws IOException {
        Path log = logs.resolve(sdk + ".log");
        int exit =
                run(
                        List.of(
                                "node",
                                "drive.mjs",
                                sdk,
                                fleet.collectorUrl().toString(),
                                fleet.writeKey(),
                                Integer.toString(count),
                                Long.toString(spread.toMillis())),
                        log);
        assertThat(exit).as("%s: %s", sdk, Files.readString(log)).isZero();
        List<Sent> sent = new ArrayList<>();
        for (String line : Files.readAllLines(log)) {
            if (line.startsWith("{\"run\"")) {
                JsonNode event = JSON.readTree(line);
                sent.add(
                        new Sent(
                                event.get("run").asString(),
                                event.get("seq").asInt(),
                                event.get("user").asString(),
                                event.get("anonymous").asString(),
                                Instant.ofEpochMilli(event.get("time").asLong())));
            }
        }
        assertThat(sent).as(sdk).hasSize(count);
        return sent;
    }

    private static int run(List<String> command, Path log) throws IOException {
        Process process =
                new ProcessBuilder(command)
                        .directory(FOLDER.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError(command.getFirst() + " did not end; see " + log);
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for " + command.getFirst(), e);
        } finally {
            process.destroyForcibly();
        }
    }
}
