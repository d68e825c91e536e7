package dev.sluice.cli;

import dev.sluice.contracts.event.TenantId;
import dev.sluice.contracts.evolution.Problem;
import dev.sluice.contracts.inference.ContractProposal;
import dev.sluice.contracts.rejection.QuarantineRecord;
import dev.sluice.contracts.schema.ContractCatalog;
import dev.sluice.contracts.schema.EventTypeId;
import dev.sluice.contracts.schema.Owner;
import dev.sluice.contracts.schema.TenantFolder;
import dev.sluice.fleet.FleetBucket;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/// `sluice schema`: the contracts.
@Command(
        name = "schema",
        description = {
            "The contracts of events: JSON Schema files, <event type>/<version>.json. A version",
            "is model-revision-addition: an addition adds what is optional, a revision allows",
            "more, a model breaks with the one before. A tenant can add types that the common",
            "contracts do not have, and say what becomes of events of any other type."
        },
        mixinStandardHelpOptions = true,
        subcommands = PolicyCommand.class,
        synopsisSubcommandLabel = "(check | publish | policy | infer | docs)",
        footerHeading = "%nExamples:%n",
        footer = {
            "  sluice schema check --contracts my-contracts",
            "  sluice schema publish --contracts my-contracts",
            "  sluice schema publish --bucket my-lake",
            "  sluice schema publish --tenant shop --contracts contracts-of-shop",
            "  sluice schema policy --tenant shop --unknown-types accept",
            "  sluice schema infer --type tap --team app --contact app@example.com events.ndjson",
            "  sluice schema docs --out catalogue.html",
        })
final class SchemaCommand {

    @Spec CommandSpec spec = CommandSpec.create();

    @Command(
            name = "check",
            description = {
                "Compares every version with the one before; exits with 1 if one understates its",
                "change, a column means two things, or personal data is protected less. A tenant's",
                "own are held against those that come with Sluice too; publish compares them with",
                "all that are published."
            },
            mixinStandardHelpOptions = true,
            footerHeading = "%nExamples:%n",
            footer = {
                "  sluice schema check --contracts my-contracts",
                "  sluice schema check --tenant shop --contracts contracts-of-shop",
            })
    int check(@Mixin ContractsOption contracts, @Mixin TenantOption whose) throws IOException {
        Map<String, byte[]> files = contracts.files(whose);
        Map<String, byte[]> common =
                whose.tenant == null ? Map.of() : ContractCatalog.bundledFiles();
        List<Problem> problems = ContractReview.of(contracts.place(), files, common);
        if (!problems.isEmpty()) {
            return refuse(problems);
        }
        out().println(files.size() + " contracts keep the rules");
        return CommandLine.ExitCode.OK;
    }

    @Command(
            name = "publish",
            description = {
                "Checks contracts against the published ones and adds what is new. Services use",
                "them within seconds. What is published stays, but a tenant's policy."
            },
            mixinStandardHelpOptions = true,
            footerHeading = "%nExamples:%n",
            footer = {
                "  sluice schema publish --contracts my-contracts --bucket my-lake",
                "  sluice schema publish --tenant shop --contracts contracts-of-shop",
            })
    int publish(
            @Mixin ContractsOption contracts, @Mixin TenantOption whose, @Mixin BucketOption where)
            throws IOException {
        Map<String, byte[]> files = contracts.files(whose);
        try (FleetBucket bucket = where.open()) {
            PublishedContracts registry = new PublishedContracts(bucket);
            Map<String, byte[]> published = registry.files();
            List<Problem> problems = ContractReview.of(contracts.place(), files, published);
            if (!problems.isEmpty()) {
                return refuse(problems);
            }
            files.forEach((name, content) -> tell(name, published.get(name), content));
            int added = registry.publish(files);
            out().printf("%d of %d published at %s%n", added, files.size(), registry.place());
        }
        return CommandLine.ExitCode.OK;
    }

    @Command(
            name = "infer",
            description = {
                "Proposes a contract that events of a type keep, and prints it. The events are lines",
                "of JSON, as they were posted or as objects of the quarantine hold them (.gz too);",
                "with --tenant only that tenant's records of the quarantine count. Read it before",
                "you publish it: what fields mean, and which are about people, are guesses."
            },
            mixinStandardHelpOptions = true)
    int infer(
            @Mixin TenantOption whose,
            @Option(names = "--type", required = true, description = "of the events, snake_case")
                    String type,
            @Option(names = "--team", required = true, description = "who owns the contract")
                    String team,
            @Option(names = "--contact", required = true, description = "how to reach the team")
                    String contact,
            @Parameters(paramLabel = "FILE", description = "standard input if there is none")
                    @Nullable List<Path> files)
            throws IOException {
        @Nullable TenantId tenant = whose.folder().map(TenantFolder::tenant).orElse(null);
        ContractProposal proposal =
                new ContractProposal(new EventTypeId(tenant, type), new Owner(team, contact));
        Predicate<QuarantineRecord> wanted =
                refused -> whose.tenant == null || whose.tenant.equals(refused.tenantId());
        BiConsumer<String, JsonNode> events =
                (each, properties) -> {
                    if (each.equals(type)) {
                        proposal.add(properties);
                    }
                };
        if (files == null || files.isEmpty()) {
            EventLines.read(System.in, wanted, events);
        } else {
            for (Path file : files) {
                EventLines.read(file, wanted, events);
            }
        }
        if (proposal.events() == 0) {
            throw new IOException("there are no events of type " + type);
        }
        out().print(proposal.json());
        out().flush();
        spec.commandLine()
                .getErr()
                .println(
                        "proposed from %d events; check x-pii and the descriptions, add examples"
                                .formatted(proposal.events()));
        return CommandLine.ExitCode.OK;
    }

    @Command(
            name = "docs",
            description = {
                "Writes the catalogue of event types as a page for people, those that tenants add in",
                "a section of their own."
            },
            mixinStandardHelpOptions = true,
            footerHeading = "%nExamples:%n",
            footer = {
                "  sluice schema docs --contracts my-contracts --out catalogue.html",
                "  sluice schema docs --published --bucket my-lake --out catalogue.html",
            })
    int docs(
            @Mixin ContractsOption contracts,
            @Mixin BucketOption where,
            @Option(
                            names = "--published",
                            description =
                                    "all that are published in the bucket, instead of a folder")
                    boolean published,
            @Option(
                            names = "--out",
                            required = true,
                            paramLabel = "FILE",
                            description = "the page, HTML")
                    Path file)
            throws IOException {
        ContractCatalog catalog =
                published
                        ? published(where)
                        : ContractCatalog.of(contracts.place(), contracts.files());
        Files.writeString(file, new CataloguePage(catalog).html());
        out().println(file + " describes " + catalog.types().size() + " event types");
        return CommandLine.ExitCode.OK;
    }

    private static ContractCatalog published(BucketOption where) throws IOException {
        try (FleetBucket bucket = where.open()) {
            return new PublishedContracts(bucket).catalog();
        }
    }

    private void tell(String name, byte @Nullable [] before, byte[] content) {
        if (!Arrays.equals(before, content)) {
            out().println((before == null ? "new: " : "changed: ") + name.replace(".json", ""));
        }
    }

    private int refuse(List<Problem> problems) {
        problems.forEach(spec.commandLine().getErr()::println);
        spec.commandLine().getErr().println(problems.size() + " problems");
        return CommandLine.ExitCode.SOFTWARE;
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
