package dev.sluice.cli;

import dev.sluice.loader.archive.ArchiveReader;
import dev.sluice.loader.archive.ArchivedFrame;
import dev.sluice.loader.archive.verify.ArchiveVerification;
import dev.sluice.loader.archive.verify.VerifyReport;
import dev.sluice.loader.archive.verify.VerifyScope;
import dev.sluice.runtime.books.BooksStore;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.stream.Stream;

/// `sluice archive`: what was received, as it was.
@Command(
        name = "archive",
        description = {
            "The raw archive: every frame as it was received, for 180 days. Events are shown as they",
            "were sent, with all that is personal in them."
        },
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "(ls | cat | verify)",
        footerHeading = "%nExamples:%n",
        footer = {
            "  sluice archive ls --day 2026-11-21 --by day",
            "  sluice archive ls --from 3h",
            "  sluice archive cat --from 10m --tenant demo --type purchase --limit 5",
            "  sluice archive cat --from 1h --frames",
            "  sluice archive verify --from 2h",
            "  sluice archive verify --day 2026-11-21",
        })
final class ArchiveCommand {

    /// As the lifecycle of the bucket has it.
    private static final Duration KEPT = Duration.ofDays(180);

    @Spec CommandSpec spec = CommandSpec.create();

    @Mixin BucketOption where = new BucketOption();

    @Command(
            name = "ls",
            description = {
                "Objects, frames, events and bytes of each shard in each hour. What was archived again",
                "after a crash counts again."
            },
            mixinStandardHelpOptions = true)
    int ls(
            @Mixin ArchiveHours when,
            @Option(
                            names = "--by",
                            defaultValue = "shard",
                            description = "day, hour, shard (default) or object")
                    ArchiveContents.By by,
            @Option(names = "--format", defaultValue = "table", description = "table, csv or json")
                    TableFormat format)
            throws IOException {
        try (ArchiveAccess access = ArchiveAccess.open(where)) {
            ArchiveContents contents = new ArchiveContents(access.archive(), by);
            when.hours().forEach(hour -> contents.add(hour, when));
            format.write(contents.rows(), out());
        }
        out().flush();
        return CommandLine.ExitCode.OK;
    }

    @Command(
            name = "cat",
            description = {
                "Events as lines of JSON, {\"receipt\":…,\"body\":…}, each frame once; with --frames",
                "the headers of frames. What cannot be read is told on standard error."
            },
            mixinStandardHelpOptions = true)
    int cat(
            @Mixin ArchiveHours when,
            @Parameters(
                            arity = "0..1",
                            paramLabel = "OBJECT",
                            description = "one object, by its key")
                    @Nullable String object,
            @Option(names = "--frames", description = "the headers of frames instead of events")
                    boolean frames,
            @Option(names = "--tenant", description = "whose events") @Nullable String tenant,
            @Option(names = "--type", description = "of the events, as sent") @Nullable String type,
            @Option(names = "--event-id", description = "of the event") @Nullable String eventId,
            @Option(
                            names = "--limit",
                            paramLabel = "N",
                            defaultValue = "1000000",
                            description = "at most so many lines (default: ${DEFAULT-VALUE})")
                    long limit)
            throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        ArchivedLines lines =
                new ArchivedLines(
                        new ArchivedLines.Wanted(tenant, type, eventId, limit), out(), err);
        try (ArchiveAccess access = ArchiveAccess.open(where);
                Stream<ArchivedFrame> found = frames(access.archive(), object, when)) {
            for (Iterator<ArchivedFrame> each = found.iterator();
                    !lines.isFull() && each.hasNext(); ) {
                if (frames) {
                    lines.writeHeader(each.next());
                } else {
                    lines.writeEvents(each.next());
                }
            }
        }
        out().flush();
        err.flush();
        return CommandLine.ExitCode.OK;
    }

    @Command(
            name = "verify",
            description = {
                "Whether some hours of the archive are whole: each object and its sidecar by SHA-256,",
                "every frame, no gap between the objects of a shard and none at its end, and as many",
                "events as the books have. Reads all of it. Exits 1 with a line for whatever is wrong."
            },
            mixinStandardHelpOptions = true)
    int verify(
            @Mixin ArchiveHours when,
            @Option(
                            names = "--books",
                            paramLabel = "TABLE",
                            defaultValue = "sluice-books",
                            description =
                                    "the books, which are kept for 35 days (default: ${DEFAULT-VALUE})")
                    String booksTable,
            @Option(
                            names = "--application",
                            paramLabel = "TABLE",
                            defaultValue = "sluice-archive",
                            description = "the archivers' leases (default: ${DEFAULT-VALUE})")
                    String application,
            @Option(names = "--no-books", description = "do not compare counts with the books")
                    boolean withoutBooks,
            @Option(
                            names = "--settle",
                            paramLabel = "TIME",
                            defaultValue = "10m",
                            converter = Span.class,
                            description = {
                                "how long events may take into archive and books; later minutes are",
                                "not compared (default: ${DEFAULT-VALUE})"
                            })
                    Duration settle)
            throws IOException {
        if (when.shard != null) {
            throw new IllegalArgumentException(
                    "all shards are verified together; leave out --shard");
        }
        VerifyReport report;
        try (ArchiveAccess access = ArchiveAccess.open(where)) {
            BooksStore books = withoutBooks ? null : access.books(booksTable);
            VerifyScope scope =
                    new VerifyScope(
                            when.first(),
                            when.end(),
                            books,
                            access.acknowledged(application),
                            KEPT,
                            settle);
            report =
                    new ArchiveVerification(access.bucket().objects(), InstantSource.system())
                            .run(scope, new Progress(spec.commandLine().getErr()));
        }
        print(report);
        return report.findings().isEmpty()
                ? CommandLine.ExitCode.OK
                : CommandLine.ExitCode.SOFTWARE;
    }

    private void print(VerifyReport report) {
        PrintWriter out = out();
        out.printf(
                "%,d objects, %,d frames, %,d events, %,d bytes%n",
                report.objects(), report.frames(), report.events(), report.bytes());
        report.notes().forEach(note -> out.println("note: " + note));
        report.findings().forEach(out::println);
        out.println(
                report.findings().isEmpty()
                        ? "whole"
                        : "%,d findings".formatted(report.findings().size()));
        out.flush();
    }

    private static Stream<ArchivedFrame> frames(
            ArchiveReader archive, @Nullable String object, ArchiveHours when) {
        if (object != null) {
            return archive.read(object).stream();
        }
        Instant end = when.end();
        return archive.frames(when.first(), end, key -> when.wants(key.shard().value()));
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
