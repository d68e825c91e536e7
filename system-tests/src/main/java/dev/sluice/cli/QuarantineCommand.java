package dev.sluice.cli;

import dev.sluice.contracts.event.Receipt;
import dev.sluice.contracts.rejection.QuarantineRecord;
import dev.sluice.quarantine.BodyEdit;
import dev.sluice.quarantine.Quarantine;
import dev.sluice.quarantine.Replay;
import dev.sluice.quarantine.Verdicts;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `sluice quarantine`: what was refused, and its way back.
@Command(
        name = "quarantine",
        description = {
            "The events that were refused: what is wrong with them, since when and who sends them;",
            "mend them and send them again. They keep their ids and leave the quarantine once they",
            "are loaded."
        },
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "(summary | list | show | fix | replay)",
        footerHeading = "%nExamples:%n",
        footer = {
            "  sluice quarantine summary --since 24h",
            "  sluice quarantine list --reason contract_violation --type purchase --limit 20",
            "  sluice quarantine show sluice-raw/shardId-000000000000/4967/0",
            "  sluice quarantine fix --type purchase --rename /properties/amount=/properties/total",
            "  sluice quarantine fix --type purchase --rename /properties/amount=/properties/total --apply",
            "  sluice quarantine replay --type purchase",
        })
final class QuarantineCommand {

    private static final int SHOWN = 3;

    @Spec CommandSpec spec = CommandSpec.create();

    @Mixin DataOption folder = new DataOption();

    @Command(
            name = "summary",
            description = {
                "The reasons by event type, source and SDK, most frequent first, each with first and",
                "last receipt and a sample."
            },
            mixinStandardHelpOptions = true)
    int summary(
            @Mixin QuarantineOptions which,
            @Option(names = "--format", defaultValue = "table", description = "table, csv or json")
                    TableFormat format)
            throws IOException, SQLException {
        try (QuarantineAccess access = QuarantineAccess.open(folder.data)) {
            format.write(access.quarantine().summary(which.filter(), TableFormat.Rows::of), out());
        }
        return done();
    }

    @Command(
            name = "list",
            description = "The records, oldest first.",
            mixinStandardHelpOptions = true)
    int list(
            @Mixin QuarantineOptions which,
            @Option(names = "--format", defaultValue = "table", description = "table, csv or json")
                    TableFormat format)
            throws IOException, SQLException {
        try (QuarantineAccess access = QuarantineAccess.open(folder.data)) {
            format.write(
                    access.quarantine().list(which.filter(), which.limit, TableFormat.Rows::of),
                    out());
        }
        return done();
    }

    @Command(
            name = "show",
            description = "All of a record: why, its receipt and what was sent.",
            mixinStandardHelpOptions = true)
    int show(@Parameters(paramLabel = "QUARANTINE_ID") String id) throws IOException, SQLException {
        QuarantineOptions which = new QuarantineOptions();
        which.id = id;
        try (QuarantineAccess access = QuarantineAccess.open(folder.data)) {
            Quarantine quarantine = access.quarantine();
            List<QuarantineRecord> found = quarantine.find(which.filter(), 1);
            if (found.isEmpty()) {
                throw new IOException("the quarantine has no record " + id);
            }
            show(found.getFirst(), quarantine);
        }
        return done();
    }

    @Command(
            name = "fix",
            description = {
                "Shows what changes would make of events as they were sent, and whether they would",
                "pass then. With --apply those that would are kept for `replay`; a later fix of the",
                "same events takes the place of an earlier one."
            },
            mixinStandardHelpOptions = true)
    int fix(
            @Mixin QuarantineOptions which,
            @Mixin EditOptions changes,
            @Option(names = "--apply", description = "keep the mended events") boolean apply)
            throws IOException, SQLException {
        BodyEdit edit = changes.edit();
        try (QuarantineAccess access = QuarantineAccess.open(folder.data)) {
            Quarantine quarantine = access.quarantine();
            Verdicts verdicts = access.verdicts();
            int passing = 0;
            List<QuarantineRecord> records = quarantine.find(which.filter(), which.limit);
            for (int i = 0; i < records.size(); i++) {
                QuarantineRecord record = records.get(i);
                byte[] before = quarantine.original(record);
                Optional<byte[]> after = edit.apply(before);
                String verdict = verdict(record, after, verdicts);
                if (i < SHOWN) {
                    out().println(record.quarantineId());
                    out().println("  before  " + text(before));
                    out().println("  after   " + after.map(QuarantineCommand::text).orElse("-"));
                    out().println("  " + (verdict.isEmpty() ? "would pass" : verdict));
                }
                if (verdict.isEmpty()) {
                    passing++;
                    if (apply) {
                        quarantine.mend(record, after.orElseThrow());
                    }
                }
            }
            out().printf(
                            "%d of %d %s%n",
                            passing,
                            records.size(),
                            apply
                                    ? "are mended; `sluice quarantine replay` sends them"
                                    : "would pass; nothing is changed yet: add --apply");
        }
        return done();
    }

    @Command(
            name = "replay",
            description = {
                "Sends events through the line again, mended if they were mended, if they would not",
                "be refused again. Doing it twice changes nothing."
            },
            mixinStandardHelpOptions = true)
    int replay(
            @Mixin QuarantineOptions which,
            @Option(
                            names = "--resend-after",
                            paramLabel = "TIME",
                            defaultValue = "1h",
                            converter = Span.class,
                            description = {
                                "how long an event that was sent is left to arrive; 0s sends again",
                                "what a killed replay may not have sent (default: ${DEFAULT-VALUE})"
                            })
                    Duration resendAfter)
            throws IOException, SQLException {
        try (QuarantineAccess access = QuarantineAccess.open(folder.data)) {
            List<QuarantineRecord> records = access.quarantine().find(which.filter(), which.limit);
            Replay.Outcome outcome = access.sending(replay -> replay.send(records, resendAfter));
            out().printf(
                            "%d of %d sent; %d are under way since before; %d would be refused again%n",
                            outcome.sent(), records.size(), outcome.underWay(), outcome.refusals());
            for (Map.Entry<String, Integer> refused : outcome.refused().entrySet()) {
                out().printf("  %,d  %s%n", refused.getValue(), refused.getKey());
            }
        }
        return done();
    }

    private static String verdict(
            QuarantineRecord record, Optional<byte[]> body, Verdicts verdicts) {
        Receipt receipt = record.receipt();
        if (receipt == null) {
            return "has no receipt; only whole events can be mended";
        }
        return body.map(mended -> verdicts.refusal(receipt, mended).orElse(""))
                .orElse("is no JSON object, so nothing can be changed in it");
    }

    private void show(QuarantineRecord record, Quarantine quarantine) {
        PrintWriter out = out();
        out.println("quarantine id  " + record.quarantineId());
        out.println("reason         " + record.reason().code() + " at the " + record.stage());
        out.println("message        " + record.message());
        record.violations()
                .forEach(each -> out.println("  " + each.pointer() + "  " + each.message()));
        out.println("event type     " + record.eventType());
        out.println("contract       " + record.contract());
        out.println("received       " + record.receivedTs());
        out.println("refused        " + record.quarantinedTs());
        Receipt receipt = record.receipt();
        if (receipt != null) {
            out.println("event id       " + receipt.eventId().value());
            out.println("tenant         " + receipt.tenantId().value());
            out.println("source         " + receipt.sourceId().value());
            out.println("user agent     " + receipt.userAgent());
        }
        byte[] original = quarantine.original(record);
        out.println("sent           " + original.length + " bytes");
        out.println(text(original));
        quarantine.mended(record).ifPresent(body -> out.println("mended\n" + text(body)));
    }

    private static String text(byte[] body) {
        return new String(body, StandardCharsets.UTF_8);
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    private int done() {
        out().flush();
        return CommandLine.ExitCode.OK;
    }
}
