package dev.sluice.cli;

import dev.sluice.contracts.event.SourceId;
import dev.sluice.contracts.event.TenantId;
import dev.sluice.replay.Backfill;
import dev.sluice.replay.BackfillPlan;
import dev.sluice.replay.CsvFile;
import dev.sluice.replay.FieldMap;
import dev.sluice.replay.HistoryFile;
import dev.sluice.replay.HistoryLine;
import dev.sluice.replay.NdjsonFile;
import dev.sluice.runtime.books.BooksWriter;
import dev.sluice.runtime.books.ShardBooks;
import dev.sluice.runtime.stream.ShardId;
import dev.sluice.validator.egress.ValidatorMetrics;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import tools.jackson.databind.json.JsonMapper;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.Callable;

/// `sluice backfill`: a file of history becomes events.
@Command(
        name = "backfill",
        description = {
            "Brings in a file of events of the past, through the same steps as live events. An event",
            "without an id gets one of its line, so the same file twice is the same rows once. It counts as",
            "received when it happened, so lines should be in that order.",
            "Lines that are no event, or are refused, go into a file with their numbers and reasons."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  sluice backfill --file 2024.ndjson --tenant demo",
            "  sluice backfill --file orders.csv --map order=properties.order_id --map at=event_ts",
        })
final class BackfillCommand implements Callable<Integer> {

    private static final int ID_DIGITS = 16;

    /// Form of the file.
    enum Format {
        NDJSON,
        CSV
    }

    @Spec CommandSpec spec = CommandSpec.create();

    @Mixin DataOption folder = new DataOption();

    @Option(names = "--file", required = true, paramLabel = "FILE", description = "to bring in")
    Path file = Path.of("");

    @Option(
            names = "--tenant",
            defaultValue = "demo",
            description = "whose events they are (default: ${DEFAULT-VALUE})")
    String tenant = "demo";

    @Option(
            names = "--source",
            defaultValue = "backfill",
            description = "that they count as sent by (default: ${DEFAULT-VALUE})")
    String source = "backfill";

    @Option(names = "--format", description = "ndjson or csv; by the file's name if it is not said")
    @Nullable Format format;

    @Option(
            names = "--map",
            paramLabel = "FIELD=PATH",
            description =
                    "where a column, or an outermost member, belongs: price=properties.price. A column"
                            + " that is not said is one of the event's own fields, or a property")
    Map<String, String> map = Map.of();

    @Option(
            names = "--received",
            paramLabel = "TIME",
            converter = MomentConverter.class,
            description = "when they count as received, for events without an event_ts")
    @Nullable Instant received;

    @Option(
            names = "--rejects",
            paramLabel = "FILE",
            description = "gets what was refused (default: the file's name and .rejects.ndjson)")
    @Nullable Path rejects;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "2000",
            description = "events a second at most; 0 for no limit (default: ${DEFAULT-VALUE})")
    long rate = 2_000;

    @Override
    public Integer call() throws Exception {
        BackfillPlan plan = plan();
        HistoryFile form = form();
        Path refused = rejects == null ? Path.of(file + ".rejects.ndjson") : rejects;
        try (ReplayAccess access = ReplayAccess.open(folder.data, Map.of(), true);
                InputStream in = new BufferedInputStream(Files.newInputStream(file));
                OutputStream out = Files.newOutputStream(refused)) {
            ShardBooks books =
                    new ShardBooks(
                            new ShardId("backfill-" + plan.id()),
                            new BooksWriter(
                                    ValidatorMetrics.STAGE,
                                    access.services().books(),
                                    new SimpleMeterRegistry()));
            Progress progress = new Progress(out());
            Backfill.Outcome outcome =
                    new Backfill(
                                    plan,
                                    access.parts(access.items(), rate, Duration.ofSeconds(20)),
                                    books,
                                    bad -> write(bad, out),
                                    line -> progress.accept("%,d lines".formatted(line)))
                            .run(form, in);
            print(outcome, refused);
        }
        return CommandLine.ExitCode.OK;
    }

    private BackfillPlan plan() throws IOException {
        if (!Files.isReadable(file)) {
            throw new IOException("there is no file " + file + " that can be read");
        }
        try {
            return new BackfillPlan(id(), new TenantId(tenant), new SourceId(source), received);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private HistoryFile form() {
        try {
            FieldMap fields = new FieldMap(map);
            boolean csv = format == null ? file.toString().endsWith(".csv") : format == Format.CSV;
            return csv ? new CsvFile(fields) : new NdjsonFile(fields);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    /// Of tenant, source and content, so that the same is the same.
    private String id() throws IOException {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update((tenant + '\n' + source + '\n').getBytes(StandardCharsets.UTF_8));
            try (InputStream in = new DigestInputStream(Files.newInputStream(file), sha256)) {
                in.transferTo(OutputStream.nullOutputStream());
            }
            return HexFormat.of().formatHex(sha256.digest()).substring(0, ID_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    private static void write(HistoryLine.Bad bad, OutputStream out) {
        String json =
                JsonMapper.shared()
                        .createObjectNode()
                        .put("line", bad.number())
                        .put("why", bad.why())
                        .toString();
        try {
            out.write((json + '\n').getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void print(Backfill.Outcome outcome, Path refused) {
        out().printf(
                        "%,d rows in %,d files wait to be loaded; %,d copies in the file, %,d of erased"
                                + " persons%n",
                        outcome.counts().rows(),
                        outcome.counts().files(),
                        outcome.counts().duplicates(),
                        outcome.counts().suppressed());
        out().printf("%,d lines refused, with their reasons in %s%n", outcome.bad(), refused);
        out().flush();
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
