package dev.sluice.cli;

import dev.sluice.fleet.FleetEndpoints;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;

/// `sluice status`: is it well, how far behind is it, what has it done.
@Command(
        name = "status",
        description = "Shows health, lag for each shard, and counts of a running fleet.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {"  sluice status", "  sluice status --data /var/tmp/sluice"})
final class StatusCommand implements Callable<Integer> {

    /// Parts that say nothing of events, and the one that repeats what each consumer says itself.
    private static final Set<String> LEFT_OUT = Set.of("ssl", "diskSpace", "kclConsumers");

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @Spec CommandSpec spec = CommandSpec.create();

    @Mixin DataOption folder = new DataOption();

    @Override
    public Integer call() throws Exception {
        FleetEndpoints fleet = FleetEndpoints.readFrom(folder.data);
        PrintWriter out = spec.commandLine().getOut();
        boolean well = true;
        try (HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            for (Map.Entry<String, String> service : fleet.services().entrySet()) {
                well &= describe(http, service.getKey(), service.getValue(), out);
            }
        }
        try (Books books = Books.open(fleet)) {
            Books.Counts counts = books.read();
            out.printf(
                    "warehouse   %,d rows loaded, %,d duplicates recognised, %,d quarantined%n",
                    counts.loaded(), counts.duplicates(), counts.quarantined());
        }
        out.flush();
        return well ? 0 : 1;
    }

    private static boolean describe(HttpClient http, String name, String url, PrintWriter out)
            throws InterruptedException {
        try {
            HttpResponse<String> answer =
                    http.send(
                            HttpRequest.newBuilder(URI.create(url + "/actuator/health"))
                                    .timeout(PATIENCE)
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            JsonNode health = JsonMapper.shared().readTree(answer.body());
            out.printf("%-11s %s%n", name, health.path("status").asString());
            parts(health, out);
            return "UP".equals(health.path("status").asString());
        } catch (IOException e) {
            out.printf("%-11s does not answer at %s: %s%n", name, url, Failures.message(e));
            return false;
        }
    }

    /// The parts of a service that say more than up or down, however deep they are nested.
    private static void parts(JsonNode health, PrintWriter out) {
        health.path("components")
                .propertyStream()
                .filter(part -> !LEFT_OUT.contains(part.getKey()))
                .forEach(
                        part -> {
                            if (!part.getValue().path("details").isEmpty()) {
                                describe(part.getKey(), part.getValue(), out);
                            }
                            parts(part.getValue(), out);
                        });
    }

    private static void describe(String part, JsonNode health, PrintWriter out) {
        out.printf("  %-22s %s%n", part, health.path("status").asString());
        health.path("details")
                .propertyStream()
                .forEach(
                        detail ->
                                out.printf(
                                        "    %-30s %s%n",
                                        detail.getKey(),
                                        detail.getValue().isValueNode()
                                                ? detail.getValue().asString()
                                                : detail.getValue().toString()));
    }
}
