package dev.sluice.line;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fleet.FleetConfig;
import dev.sluice.fleet.LocalFleet;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// What the README tells a newcomer to type works. Its two commands that run everything, `./sluice
/// demo` and `mvn verify`, are what `.ci/run` does.
class ReadmeIT {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final Pattern COMMAND = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);

    @TempDir Path data;

    @Test
    void anEventPostedAsTheReadmeSaysIsFoundAsTheReadmeSays() throws Exception {
        List<String> commands = commands();
        String post = only(commands, "curl ");
        String query = only(commands, "./sluice query ");

        try (LocalFleet fleet = LocalFleet.start(FleetConfig.of(data, 0), step -> {});
                FleetClient client = new FleetClient(fleet.endpoints())) {
            String answer =
                    run(post.replace("http://localhost:8080", fleet.endpoints().collectorUrl()));
            client.await("SELECT 1 FROM events WHERE event_id = 'readme-1'", r -> !r.isEmpty());
            String rows = run(query.strip() + " --data " + data);
            String status = run("./sluice status --data " + data);

            assertThat(answer).contains("\"accepted\":1");
            assertThat(rows).contains("readme-1", "page_view", "https://shop.example/", "(1 rows)");
            assertThat(status)
                    .contains("collector   UP", "loader      UP", "1 rows loaded")
                    .containsPattern("shardId-000000000000 +iterator age");
        }
    }

    /// Or the long form of one: `CrashIT` is the short one of the crash suite.
    @Test
    void everyOtherCommandIsOneThatCiRuns() throws IOException {
        String ci = Files.readString(ROOT.resolve(".ci/run"));

        assertThat(commands())
                .filteredOn(command -> !command.startsWith("curl "))
                .filteredOn(command -> !command.startsWith("./sluice query "))
                .map(String::strip)
                .containsExactly(
                        "./sluice demo",
                        "mvn verify",
                        "./sluice up",
                        "./sluice crash --minutes 10");
        assertThat(ci).contains("mvn -B verify", "./sluice demo");
    }

    private static List<String> commands() throws IOException {
        return COMMAND.matcher(Files.readString(ROOT.resolve("README.md")))
                .results()
                .map((MatchResult block) -> block.group(1))
                .toList();
    }

    private static String only(List<String> commands, String start) {
        List<String> found = commands.stream().filter(c -> c.startsWith(start)).toList();
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    private static String run(String command) throws IOException, InterruptedException {
        ProcessBuilder shell =
                new ProcessBuilder("bash", "-c", command)
                        .directory(ROOT.toFile())
                        .redirectErrorStream(true);
        shell.environment().put("SLUICE_BUILD", "never");
        Process process = shell.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        return output;
    }
}
