package dev.sluice.cli;

import dev.sluice.contracts.event.TenantId;
import dev.sluice.contracts.subject.SubjectId;
import dev.sluice.contracts.subject.SubjectKind;
import dev.sluice.gdpr.ErasePipeline;
import dev.sluice.gdpr.ErasurePlan;
import dev.sluice.gdpr.ErasureReceipt;
import dev.sluice.gdpr.ErasureRequest;
import dev.sluice.gdpr.person.PersonSubjects;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;

/// `sluice erase`: a person leaves quarantine, sessions and links between ids, and its events are
/// dropped from then on.
@Command(
        name = "erase",
        description = {
            "Erases a person: puts it on the suppression list, so that events received before are",
            "dropped by validator and loader wherever they come from, and takes it out of the",
            "quarantine and of what was made of its events. If it is interrupted, the same call goes",
            "on where it was.",
            "The ids that were linked to a user and to nobody else, its devices and former ids, go",
            "with it; --dry-run prints them, and those that stay since others had them too.",
            "",
            "Covered: suppression, the quarantine (rows, objects, originals, mended bodies), the",
            "tables sessions, identities and identity_persons, the store of ids.",
            "NOT covered: the table of events, the raw archive, Parquet files. They keep what they",
            "have of the person."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  sluice erase --tenant demo --user ann --dry-run",
            "  sluice erase --tenant demo --user ann --anonymous d-17 --anonymous d-18",
            "  sluice erase --tenant demo --user ann --for-ever --reference TICKET-123",
        })
final class EraseCommand implements Callable<Integer> {

    private static final String COVERAGE =
            "not covered: the table of events, the raw archive, Parquet files";

    @Spec CommandSpec spec = CommandSpec.create();

    @Mixin DataOption folder = new DataOption();

    @Option(names = "--tenant", required = true, description = "whose events")
    String tenant = "";

    @Option(names = "--user", paramLabel = "ID", description = "a user_id of the person")
    List<String> users = List.of();

    @Option(names = "--anonymous", paramLabel = "ID", description = "an anonymous_id of the person")
    List<String> devices = List.of();

    @Option(names = "--dry-run", description = "only say what would go")
    boolean dryRun;

    @Option(
            names = "--for-ever",
            description = "drop what the person sends from now on, too; else that passes")
    boolean forEver;

    @Option(
            names = "--reference",
            defaultValue = "sluice erase",
            description = "of the request, kept with the list (default: ${DEFAULT-VALUE})")
    String reference = "sluice erase";

    @Option(
            names = "--most-records",
            paramLabel = "N",
            defaultValue = "10000",
            description = "refuse if more match: hardly one person (default: ${DEFAULT-VALUE})")
    long mostRecords = 10_000;

    @Option(names = "--yes-all", description = "however many match")
    boolean yesAll;

    @Option(
            names = "--settle",
            paramLabel = "TIME",
            defaultValue = "15s",
            converter = Span.class,
            description = {
                "how long to wait until every task uses the list and what is on its way has come",
                "to rest (default: ${DEFAULT-VALUE})"
            })
    Duration settle = Duration.ofSeconds(15);

    @Override
    public Integer call() throws IOException {
        ErasureRequest request = request();
        try (ErasureAccess access = ErasureAccess.open(folder.data)) {
            ErasePipeline pipeline = access.pipeline(settle, mostRecords);
            if (dryRun) {
                ErasurePlan plan = pipeline.preview(request);
                print(plan.person());
                print("would go", plan.receipt());
                out().println("nothing is changed; leave --dry-run away to erase");
            } else {
                print("gone and verified", pipeline.erase(request));
            }
            out().println(COVERAGE);
        }
        out().flush();
        return CommandLine.ExitCode.OK;
    }

    private ErasureRequest request() {
        if (users.isEmpty() && devices.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "say whom: --user or --anonymous");
        }
        Set<SubjectId> subjects = new HashSet<>();
        try {
            users.forEach(id -> subjects.add(new SubjectId(SubjectKind.USER_ID, id)));
            devices.forEach(id -> subjects.add(new SubjectId(SubjectKind.ANONYMOUS_ID, id)));
            return new ErasureRequest(new TenantId(tenant), subjects, forEver, reference, yesAll);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private void print(PersonSubjects person) {
        out().println("ids of the person:");
        person.all().forEach(this::print);
        if (!person.shared().isEmpty()) {
            out().println("shared with others, stay unless they are named:");
            person.shared().forEach(this::print);
        }
    }

    private void print(SubjectId id) {
        out().printf("  %s %s%n", id.kind().field(), id.value());
    }

    private void print(String what, ErasureReceipt receipt) {
        out().printf(
                        "erasure %s of what was received before %s%n",
                        receipt.name(), receipt.receivedBefore());
        for (ErasureReceipt.OfStore store : receipt.stores()) {
            out().printf(
                            "  %s: %,d records, %,d shared objects, %,d files, %,d bytes %s%n",
                            store.store(),
                            store.records(),
                            store.objects(),
                            store.files(),
                            store.bytes(),
                            what);
        }
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
