package dev.sluice.cli;

import dev.sluice.loader.warehouse.StagedComparison;
import dev.sluice.replay.DryRunFiles;
import dev.sluice.replay.ItemCounts;
import dev.sluice.replay.ReplayPlan;
import dev.sluice.replay.ReplayRun;
import dev.sluice.replay.ReplayedFiles;
import dev.sluice.replay.Stage;
import dev.sluice.replay.WorkItems;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;

/// `sluice replay`: a time of the raw archive through the line again.
@Command(
        name = "replay",
        description = {
            "Takes what arrived in a time out of the raw archive, through the same steps as live events,",
            "and restates its rows. Doing it twice changes nothing; receipts, loading times and counts stay.",
            "What was refused then and would pass now is sent as by `sluice quarantine replay`.",
            "Run it with --resume after it was interrupted: it goes on as it began, settings included; only",
            "--tasks, --rate and --most-lag may differ. More than one may work on one replay."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  sluice replay --from 2026-11-21 --to 2026-11-22 --dry-run",
            "  sluice replay --from 2026-11-21 --to 2026-11-22 --tasks 2 --rate 5000",
            "  sluice replay --from 2h --to 1h --tenant demo --type purchase",
            "  sluice replay --from 2h --to 1h --stage validate",
            "  sluice replay --resume 20261121-101500-3f2a",
        })
final class ReplayCommand implements Callable<Integer> {

    private static final DateTimeFormatter ID =
            DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss").withZone(ZoneOffset.UTC);

    @Spec CommandSpec spec = CommandSpec.create();

    @Mixin DataOption folder = new DataOption();

    @Option(
            names = "--from",
            paramLabel = "TIME",
            converter = MomentConverter.class,
            description = "the first arrival: 2026-11-21, 2026-11-21T10:00:00Z or 2h (ago)")
    @Nullable Instant from;

    @Option(
            names = "--to",
            paramLabel = "TIME",
            converter = MomentConverter.class,
            description = "the end, which is not in it any more")
    @Nullable Instant to;

    @Option(names = "--tenant", description = "only rows of this tenant")
    @Nullable String tenant;

    @Option(names = "--type", description = "only rows of this event type")
    @Nullable String type;

    @Option(
            names = "--stage",
            defaultValue = "load",
            description =
                    "how far events go: validate, enrich or load (default: ${DEFAULT-VALUE}); the"
                            + " first two only count")
    Stage stage = Stage.LOAD;

    @Option(
            names = "--tasks",
            paramLabel = "N",
            defaultValue = "1",
            description = "how many at once (default: ${DEFAULT-VALUE})")
    int tasks = 1;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "2000",
            description =
                    "events a second at most, all tasks together; 0 for no limit (default:"
                            + " ${DEFAULT-VALUE})")
    long rate = 2_000;

    @Option(
            names = "--most-lag",
            paramLabel = "TIME",
            defaultValue = "20s",
            converter = Span.class,
            description =
                    "wait while live events have waited longer to be loaded (default:"
                            + " ${DEFAULT-VALUE})")
    Duration mostLag = Duration.ofSeconds(20);

    @Option(
            names = "--warm-up",
            paramLabel = "TIME",
            defaultValue = "3h",
            converter = Span.class,
            description =
                    "read so much before, for copies and sessions that began then (default:"
                            + " ${DEFAULT-VALUE})")
    Duration warmUp = Duration.ofHours(3);

    @Option(
            names = "--span",
            paramLabel = "TIME",
            defaultValue = "6h",
            converter = Span.class,
            description = "of a work item, the unit of --tasks (default: ${DEFAULT-VALUE})")
    Duration span = Duration.ofHours(6);

    @Option(names = "--dry-run", description = "only say what would change")
    boolean dryRun;

    @Option(
            names = "--setting",
            paramLabel = "KEY=VALUE",
            description =
                    "with another setting than the services have, such as"
                            + " sluice.enricher.off=traffic")
    Map<String, String> settings = Map.of();

    @Option(names = "--resume", paramLabel = "ID", description = "go on with this replay")
    @Nullable String resume;

    @Override
    public Integer call() throws Exception {
        if (tasks < 1 || rate < 0) {
            throw new ParameterException(
                    spec.commandLine(), "--tasks is at least 1, --rate not negative");
        }
        ReplayPlan plan = resume == null ? asked() : resumed(resume);
        boolean writes = !plan.dryRun() && plan.stage() == Stage.LOAD;
        try (ReplayAccess access = ReplayAccess.open(folder.data, plan.settings(), writes)) {
            WorkItems items = access.items();
            if (!items.plan(plan)) {
                out().println("going on with replay " + plan.id());
            }
            if (plan.dryRun() && resume == null) {
                new DryRunFiles(access.objects()).sweep(Instant.now());
            }
            ItemCounts counts = run(plan, access, items);
            report().print(counts);
            if (plan.stage() == Stage.LOAD) {
                end(plan, access, counts);
            }
        }
        out().flush();
        return CommandLine.ExitCode.OK;
    }

    private ReplayPlan asked() {
        Instant begin = from;
        Instant end = to;
        if (begin == null || end == null) {
            throw new ParameterException(spec.commandLine(), "say --from and --to, or --resume");
        }
        String id =
                ID.format(Instant.now())
                        + "-"
                        + HexFormat.of().toHexDigits((short) ThreadLocalRandom.current().nextInt());
        try {
            return new ReplayPlan(
                    id, begin, end, warmUp, span, tasks, tenant, type, stage, dryRun, settings);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private ReplayPlan resumed(String id) throws IOException {
        ReplayPlan plan =
                ReplayAccess.plan(folder.data, id)
                        .orElseThrow(
                                () ->
                                        new ParameterException(
                                                spec.commandLine(), "there is no replay " + id));
        refuseOthers(plan);
        return plan;
    }

    /// Its rows are to be what they would have been without the interruption.
    ///
    /// @throws ParameterException that names an option that the replay did not begin with
    void refuseOthers(ReplayPlan plan) {
        Map<String, Object> begun = new LinkedHashMap<>();
        begun.put("--from", plan.from());
        begun.put("--to", plan.to());
        begun.put("--tenant", Objects.requireNonNullElse(plan.tenant(), ""));
        begun.put("--type", Objects.requireNonNullElse(plan.eventType(), ""));
        begun.put("--stage", plan.stage());
        begun.put("--warm-up", plan.warmUp());
        begun.put("--span", plan.span());
        begun.put("--dry-run", plan.dryRun());
        begun.put("--setting", plan.settings());
        ParseResult given = spec.commandLine().getParseResult();
        begun.forEach(
                (option, value) -> {
                    if (!value.equals(given.matchedOptionValue(option, value))) {
                        throw new ParameterException(
                                spec.commandLine(),
                                "replay %s did not begin with this %s: leave it away to go on, or begin another"
                                        .formatted(plan.id(), option));
                    }
                });
    }

    private ItemCounts run(ReplayPlan plan, ReplayAccess access, WorkItems items)
            throws SQLException, InterruptedException {
        out().printf(
                        "replay %s of what arrived from %s to %s%n",
                        plan.id(), plan.from(), plan.to());
        out().flush();
        ReplayProgress progress = new ReplayProgress(out());
        try {
            return ReplayRun.of(plan, access.parts(items, rate, mostLag), access.warehouse())
                    .run(tasks, progress);
        } catch (RuntimeException e) {
            out().printf("to go on: sluice replay --resume %s%n", plan.id());
            throw e;
        }
    }

    private void end(ReplayPlan plan, ReplayAccess access, ItemCounts counts) throws Exception {
        ReplayedFiles files = new ReplayedFiles(plan, access.objects(), access.warehouse());
        ReturningEvents returning =
                new ReturningEvents(
                        folder.data, plan.from(), plan.to(), plan.tenant(), plan.eventType());
        if (plan.dryRun()) {
            Optional<StagedComparison.Difference> difference =
                    files.difference(access.layout(), counts.files());
            files.remove();
            difference.ifPresentOrElse(
                    report()::print, () -> out().println("no rows; nothing would change"));
            out().printf("%,14d  would come back from the quarantine%n", returning.count());
            out().println("nothing is changed; leave --dry-run away to replay");
            return;
        }
        awaitLoads(files, counts.files());
        out().printf("%,14d  sent again from the quarantine%n", returning.send());
    }

    private void awaitLoads(ReplayedFiles files, long made) throws Exception {
        Progress progress = new Progress(out());
        long loaded = files.loaded();
        while (loaded < made) {
            progress.accept("%,d of %,d files are loaded".formatted(loaded, made));
            Thread.sleep(Duration.ofSeconds(1));
            loaded = files.loaded();
        }
        progress.accept("all %,d files are loaded".formatted(made));
    }

    private ReplayReport report() {
        return new ReplayReport(out());
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
