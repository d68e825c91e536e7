package dev.sluice.collector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.collector.RunningCollector.Reply;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What an operator sees, and what the README tells a newcomer to type.
class OperationsIT {

    private static final Pattern SHELL = Pattern.compile("```sh\n(curl .*?)```", Pattern.DOTALL);

    private static RunningCollector collector;

    @BeforeAll
    static void start() {
        collector = RunningCollector.start(RunningCollector.streams());
    }

    @AfterAll
    static void stop() {
        collector.close();
    }

    @Test
    void isAliveAndReadyAndSaysHowTheStreamIs() {
        assertThat(collector.get("/actuator/health/liveness").status()).isEqualTo(200);
        Reply readiness = collector.get("/actuator/health/readiness");
        assertThat(readiness.status()).isEqualTo(200);
        assertThat(readiness.json().at("/components/rawStream/details/circuit_breaker").asString())
                .isEqualTo("CLOSED");
        Reply sink = collector.get("/actuator/health/sink");
        assertThat(sink.status()).isEqualTo(200);
        assertThat(sink.json().get("components").propertyNames()).containsExactly("rawStream");
    }

    @Test
    void countsEveryEventOnce() {
        double received = metric("sluice_events_total", "received");
        double published = metric("sluice_events_total", "published");
        double rejected = metric("sluice_events_total", "rejected");
        double quarantined = metric("sluice_collector_events_total", "quarantined");

        collector.post("[{\"event_type\":\"a\"},{\"event_type\":\"a\"},{}]");
        collector.post("[{},{}]");

        assertThat(metric("sluice_events_total", "received") - received).isEqualTo(5);
        assertThat(metric("sluice_events_total", "published") - published).isEqualTo(3);
        assertThat(metric("sluice_events_total", "rejected") - rejected).isEqualTo(2);
        assertThat(metric("sluice_collector_events_total", "quarantined") - quarantined)
                .isEqualTo(1);
        assertThat(collector.get("/actuator/prometheus").response().body())
                .contains("sluice_collector_requests_seconds_count{")
                .contains("sluice_collector_bytes_inflight_bytes")
                .contains("sluice_put_bytes_inflight");
    }

    @Test
    void doesWhatTheReadmeSays() throws Exception {
        String readme = Files.readString(Path.of("README.md"));
        Matcher command = SHELL.matcher(readme);
        List<String> answers = new ArrayList<>();
        while (command.find()) {
            answers.add(run(command.group(1)));
        }

        assertThat(answers).hasSize(2);
        for (String answer : answers) {
            assertThat(readme.replaceAll("\\s+", "")).contains(answer.replaceAll("\\s+", ""));
        }
        assertThat(readme.lines()).hasSizeLessThanOrEqualTo(80);
    }

    private static String run(String command) throws IOException, InterruptedException {
        Process shell =
                new ProcessBuilder(
                                "sh",
                                "-c",
                                command.replace("localhost:8080", "127.0.0.1:" + collector.port()))
                        .redirectErrorStream(true)
                        .start();
        String output =
                new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(shell.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return output;
    }

    private static double metric(String name, String outcome) {
        return collector
                .get("/actuator/prometheus")
                .response()
                .body()
                .lines()
                .filter(line -> line.startsWith(name + "{"))
                .filter(line -> line.contains("outcome=\"" + outcome + "\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }
}
