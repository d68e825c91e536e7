package dev.sluice.cli;

import dev.sluice.crash.CrashPlan;
import dev.sluice.crash.CrashReport;
import dev.sluice.crash.CrashRun;
import dev.sluice.crash.Finding;
import dev.sluice.crash.Outage;
import dev.sluice.crash.OutageRun;
import dev.sluice.fleet.FleetShape;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;

/// `sluice crash`: the proof that killing anything at any time loses nothing.
@Command(
        name = "crash",
        description = {
            "Runs every service as processes of their own, posts known events, and kills, stops,",
            "freezes, cuts off, throttles and reshards at random, as the seed says. Then everything",
            "is healed and drained, and every event is looked for by its id.",
            "Exits 0 only when each is where its sender was told it would be, once."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  sluice crash --minutes 10 --seed 7",
            "  sluice crash --everything --minutes 5",
            "  sluice crash --outage redshift --minutes 5",
            "  sluice crash --outage kinesis --door --duration 60s --rate 2000",
            "  sluice crash --duration 90s --rate 500 --data /var/tmp/crash"
        })
final class CrashCommand implements Callable<Integer> {

    @Spec CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--minutes",
            paramLabel = "N",
            description = "how long traffic and faults last (default: 10)")
    @Nullable Integer minutes;

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            converter = Span.class,
            description = "the same, such as 90s; instead of --minutes")
    @Nullable Duration duration;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "decides what happens when (default: a new one, which is printed)")
    @Nullable Long seed;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "1000",
            description = "events a second (default: ${DEFAULT-VALUE})")
    double rate;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "where to keep everything (default: .sluice/crash, emptied first)")
    @Nullable Path data;

    @Option(
            names = "--outage",
            paramLabel = "PART",
            description = {
                "instead of all that, one part of the cloud goes away for the duration:",
                "${COMPLETION-CANDIDATES}; the memory of every process is watched"
            })
    @Nullable Outage outage;

    @Option(
            names = "--door",
            description = {
                "with --outage: only collectors run while traffic is posted, the others follow;",
                "so one machine has room for the full rate"
            })
    boolean door;

    @Option(
            names = "--everything",
            description = {
                "hours are compacted and everything is replayed beside it as well, by processes that",
                "are killed too; loaders list and compact at once. Not with --outage"
            })
    boolean everything;

    @Override
    public Integer call() throws Exception {
        if (everything && outage != null) {
            throw new ParameterException(
                    spec.commandLine(), "--everything and --outage are two runs");
        }
        PrintWriter out = spec.commandLine().getOut();
        Progress progress = new Progress(out);
        CrashPlan plan =
                new CrashPlan(
                        seed == null ? ThreadLocalRandom.current().nextLong(1_000_000) : seed,
                        duration(),
                        rate,
                        data == null ? EmptyFolder.at(Path.of(".sluice/crash")) : data,
                        outage == null ? FleetShape.PAIRS : FleetShape.SINGLES,
                        everything);
        if (outage != null) {
            OutageRun.Range range = door ? OutageRun.Range.DOOR : OutageRun.Range.LINE;
            return throughOutage(new OutageRun(plan, outage, range, progress), progress);
        }
        CrashReport report = new CrashRun(plan, progress).run();
        report.print(
                line -> {
                    out.println(line);
                    out.flush();
                });
        return report.proven() ? 0 : 1;
    }

    private static int throughOutage(OutageRun run, Progress progress) throws Exception {
        List<Finding> findings = run.run();
        findings.forEach(finding -> progress.accept(finding.toString()));
        return findings.stream().allMatch(Finding::holds) ? 0 : 1;
    }

    private Duration duration() {
        if (duration != null) {
            return duration;
        }
        return Duration.ofMinutes(minutes == null ? 10 : minutes);
    }
}
