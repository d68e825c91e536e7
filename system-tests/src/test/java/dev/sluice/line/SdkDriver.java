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

/// Real SDKs, from their registries, each in a process of its own.
final class SdkDriver {

    /// Those that are tested, by the names their drivers know.
    static final List<String> ALL =
            List.of(
                    "segment-node",
                    "segment-node-legacy",
                    "segment-java",
                    "segment-browser",
                    "rudder-node",
                    "rudder-java",
                    "snowplow-node",
                    "snowplow-java",
                    "cloudevents",
                    "posthog-node",
                    "posthog-node-v1",
                    "posthog-java");

    private static final Path NODE = Path.of("src/test/sdks").toAbsolutePath();
    private static final Path JAVA = Path.of("java-sdks/target").toAbsolutePath();
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private SdkDriver() {}

    /// An event that an SDK took.
    record Sent(String run, int seq, String user, String anonymous, Instant time) {

        /// As {@link SdkRows} lists it.
        String ids() {
            return seq + "|" + user + "|" + anonymous;
        }
    }

    /// Whether this machine can run them; where it is CI, it must.
    static boolean isAvailable() throws IOException {
        return runs("npm", "--version") && runs(chromium(), "--version");
    }

    /// Installs the SDKs for Node in the versions of the lock file.
    static void install(Path logs) throws IOException {
        Path log = logs.resolve("npm.log");
        int exit = run(List.of("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"), log);
        assertThat(exit).as("npm ci: %s", Files.readString(log)).isZero();
    }

    /// Sends events with an SDK until it has delivered them.
    ///
    /// @param spread over which the events are spread
    static List<Sent> send(String sdk, FleetEndpoints fleet, int count, Duration spread, Path logs)
            throws IOException {
        Path log = logs.resolve(sdk + ".log");
        List<String> command = new ArrayList<>(driver(sdk));
        command.addAll(
                List.of(
                        sdk,
                        fleet.collectorUrl(),
                        fleet.writeKey(),
                        Integer.toString(count),
                        Long.toString(spread.toMillis())));
        int exit = run(command, log);
        assertThat(exit).as("%s: %s", sdk, Files.readString(log)).isZero();
        List<Sent> sent = new ArrayList<>();
        for (String line : Files.readAllLines(log)) {
            if (line.startsWith("{") && line.contains("\"run\"")) {
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

    /// Whether a document is valid OpenAPI, by a tool that knows.
    static String checkOpenApi(String url, Path logs) throws IOException {
        Path log = logs.resolve("openapi.log");
        int exit = run(List.of("node", "check-openapi.mjs", url), log);
        assertThat(exit).as(Files.readString(log)).isZero();
        return Files.readString(log);
    }

    private static List<String> driver(String sdk) throws IOException {
        if (sdk.endsWith("-java")) {
            String classPath = Files.readString(JAVA.resolve("sdks.classpath")).strip();
            return List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx128m",
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    JAVA.resolve("classes") + ":" + classPath,
                    "dev.sluice.sdks.Drive");
        }
        return List.of("node", sdk.endsWith("-browser") ? "drive-browser.mjs" : "drive.mjs");
    }

    private static String chromium() {
        String configured = System.getenv("CHROMIUM");
        return configured == null ? "/usr/bin/chromium" : configured;
    }

    private static boolean runs(String... command) throws IOException {
        Path log = Files.createTempFile("sdk", ".log");
        try {
            return run(List.of(command), log) == 0;
        } catch (IOException noSuchCommand) {
            return false;
        } finally {
            Files.delete(log);
        }
    }

    private static int run(List<String> command, Path log) throws IOException {
        Process process =
                new ProcessBuilder(command)
                        .directory(NODE.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError(command + " did not end: " + Files.readString(log));
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for " + command.getFirst(), e);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
