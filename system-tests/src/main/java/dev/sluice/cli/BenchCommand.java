package dev.sluice.cli;

import dev.sluice.day.DayPlan;
import dev.sluice.day.DayReport;
import dev.sluice.day.ReplayDay;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// `sluice bench`: what takes long and shows how good it is.
@Command(
        name = "bench",
        description = "Runs of full size, with figures and a verdict.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "(replay)",
        footerHeading = "%nExamples:%n",
        footer = {
            "  sluice bench replay --events 20000",
            "  sluice bench replay --events 2M --live-rate 500 --replay-rate 5000",
        })
final class BenchCommand implements Runnable {

    private static final int EVENTS_A_DEVICE = 100;
    private static final int LEAST_DEVICES = 100;

    @Spec CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what: replay");
    }

    @Command(
            description = {
                "Fills the archive with days that are over, loads them by a replay, and then, while live",
                "events come in, replays them twice and once more without traffic sources. The table is",
                "read in between: twice the same in every column, then different in those columns alone.",
                "Exits 0 only if so, if live events were queryable within 30 s (P95), and none was lost."
            },
            mixinStandardHelpOptions = true)
    int replay(
            @Option(
                            names = "--events",
                            paramLabel = "N",
                            defaultValue = "20K",
                            converter = CountConverter.class,
                            description =
                                    "in the archive, such as 20K or 2M (default: ${DEFAULT-VALUE})")
                    long events,
            @Option(
                            names = "--days",
                            paramLabel = "N",
                            defaultValue = "1",
                            description =
                                    "over which they are spread, up to midnight in UTC (default:"
                                            + " ${DEFAULT-VALUE})")
                    int days,
            @Option(
                            names = "--live-rate",
                            paramLabel = "N",
                            defaultValue = "500",
                            description =
                                    "live events a second meanwhile (default: ${DEFAULT-VALUE})")
                    double liveRate,
            @Option(
                            names = "--replay-rate",
                            paramLabel = "N",
                            defaultValue = "5000",
                            description = {
                                "events a second of a replay at most, warm-up included, 0 for no limit",
                                "(default: ${DEFAULT-VALUE}); the first one, without live events, has none"
                            })
                    long replayRate,
            @Option(
                            names = "--tasks",
                            paramLabel = "N",
                            defaultValue = "1",
                            description = "of each replay (default: ${DEFAULT-VALUE})")
                    int tasks,
            @Option(
                            names = "--seed",
                            paramLabel = "N",
                            defaultValue = "1",
                            description =
                                    "the same makes the same days (default: ${DEFAULT-VALUE})")
                    long seed,
            @Option(
                            names = "--data",
                            paramLabel = "DIR",
                            description =
                                    "where to keep everything (default: .sluice/bench, emptied first)")
                    @Nullable Path data)
            throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        Instant to = Instant.now().truncatedTo(ChronoUnit.DAYS);
        DayPlan plan =
                new DayPlan(
                        events,
                        to.minus(days, ChronoUnit.DAYS),
                        to,
                        seed,
                        (int) Math.max(LEAST_DEVICES, events / EVENTS_A_DEVICE),
                        liveRate,
                        replayRate,
                        tasks,
                        data == null ? EmptyFolder.at(Path.of(".sluice/bench")) : data);
        DayReport report = new ReplayDay(plan, new Progress(out)).run();
        report.print(out::println);
        out.flush();
        return report.proven() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }
}
