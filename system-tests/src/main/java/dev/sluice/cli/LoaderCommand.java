package dev.sluice.cli;

import dev.sluice.loader.drift.DriftFinding;
import dev.sluice.loader.pause.LoadPause;
import dev.sluice.loader.queue.QueueDepth;
import dev.sluice.loader.upkeep.LoadLatency;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/// `sluice loader`: the loads into the warehouse, and who has stopped them.
@Command(
        name = "loader",
        description = {
            "The loads into the warehouse. While they are paused, events are received, checked and",
            "published as ever; their files wait, and are loaded when somebody resumes. A pause",
            "outlives every restart."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  sluice loader pause --reason \"vacuum of events\"",
            "  sluice loader status",
            "  sluice loader resume",
            "  sluice loader drift",
        })
final class LoaderCommand implements Runnable {

    private static final Duration MEASURED = Duration.ofMinutes(5);

    @Spec CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "say what: pause, resume, status or drift");
    }

    @Command(
            description = "Lets the load under way end and begins no other.",
            mixinStandardHelpOptions = true)
    int pause(
            @Mixin DataOption data,
            @Option(names = "--reason", defaultValue = "", description = "shown to everybody")
                    String reason,
            @Option(
                            names = "--by",
                            defaultValue = "${sys:user.name}",
                            description = "who pauses (default: ${DEFAULT-VALUE})")
                    String by)
            throws IOException {
        try (LoaderAccess access = LoaderAccess.open(data.data)) {
            LoadPause wanted = new LoadPause(by, now(), reason);
            LoadPause holds = access.pauseFlag().pause(wanted);
            out().println(holds.text());
            out().flush();
            return holds.equals(wanted) ? 0 : 1;
        }
    }

    @Command(description = "Lets loads begin again.", mixinStandardHelpOptions = true)
    int resume(@Mixin DataOption data) throws IOException {
        try (LoaderAccess access = LoaderAccess.open(data.data)) {
            Optional<LoadPause> over = access.pauseFlag().resume();
            out().println(
                            over.map(pause -> "resumed; " + pause.text().replace("are", "were"))
                                    .orElse("loads are not paused"));
            out().flush();
            return 0;
        }
    }

    @Command(
            description = {
                "Whether loads are paused, what waits and since when, and how long the events of",
                "the last five minutes' loads took from their receipt until they could be queried."
            },
            mixinStandardHelpOptions = true)
    int status(@Mixin DataOption data) throws IOException, SQLException {
        try (LoaderAccess access = LoaderAccess.open(data.data)) {
            PrintWriter out = out();
            Instant now = now();
            QueueDepth depth = access.queue().depth();
            LoadLatency.Measured latency = access.latency(now.minus(MEASURED));
            out.printf(
                    "loads      %s%n",
                    access.pauseFlag().read().map(LoadPause::text).orElse("are not paused"));
            out.printf(
                    "waiting    %,d files, the oldest for %,d s%n",
                    depth.waiting(), depth.lag(now).toSeconds());
            out.printf("set aside  %,d files%n", depth.blocked());
            out.printf(
                    "queryable  %s%n",
                    latency.events() == 0
                            ? "nothing was loaded in the last five minutes"
                            : "%,d events after P50 %.1f s, P95 %.1f s"
                                    .formatted(
                                            latency.events(),
                                            latency.p50().toMillis() / 1000.0,
                                            latency.p95().toMillis() / 1000.0));
            out.flush();
            return 0;
        }
    }

    @Command(
            description = {
                "Compares the columns of the tables with those of the files that are loaded into",
                "them, under the contracts that are published. Exits 1 when a load can fail."
            },
            mixinStandardHelpOptions = true)
    int drift(@Mixin DataOption data) throws IOException, SQLException {
        try (LoaderAccess access = LoaderAccess.open(data.data)) {
            List<DriftFinding> findings = access.drift();
            findings.forEach(
                    each ->
                            out().printf(
                                            "%-9s %s%n",
                                            each.breaksLoads() ? "breaking" : "harmless",
                                            each.text()));
            if (findings.isEmpty()) {
                out().println("tables and files have the same columns");
            }
            out().flush();
            return findings.stream().anyMatch(DriftFinding::breaksLoads) ? 1 : 0;
        }
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS);
    }
}
