package dev.sluice.cli;

import dev.sluice.contracts.evolution.Problem;
import dev.sluice.contracts.inference.ContractProposal;
import dev.sluice.contracts.schema.ContractCatalog;
import dev.sluice.contracts.schema.Owner;
import dev.sluice.fleet.FleetBucket;
import dev.sluice.runtime.reference.StoredFiles;

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
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/// `sluice schema`: the contracts.
@Command(
        name = "schema",
        description = {
            "The contracts of events: JSON Schema files, <event type>/<version>.json. A version",
            "is model-revision-addition: an addition adds what is optional, a revision allows",
            "more, a model breaks with the one before."
        },
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "(check | publish | infer | docs)",
        footerHeading = "%nExamples:%n",
        footer = {
            "  sluice schema check --contracts my-contracts",
            "  sluice schema publish --contracts my-contracts",
            "  sluice schema publish --bucket my-lake",
            "  sluice schema infer --type tap --team app --contact app@example.com events.ndjson",
            "  sluice schema docs --out catalogue.html",
        })
final class SchemaCommand {

    private static final String PREFIX = "contracts/";

    @Spec CommandSpec spec = CommandSpec.create();

    @Command(
            name = "check",
            description = {
                "Compares every version with the one before; exits with 1 if one understates its",
                "change, a column means two things, or personal data is protected less."
            },
            mixinStandardHelpOptions = true)
    int check(@Mixin ContractsOption contracts) throws IOException {
        Map<String, byte[]> files = contracts.files();
        List<Problem> problems = ContractReview.of(contracts.place(), files, Map.of());
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
                "them within seconds. What is published stays."
            },
            mixinStandardHelpOptions = true)
    int publish(@Mixin ContractsOption contracts, @Mixin BucketOption where) throws IOException {
        Map<String, byte[]> files = contracts.files();
        try (FleetBucket bucket = where.open()) {
            StoredFiles registry = new StoredFiles(bucket.objects(), PREFIX);
            Map<String, byte[]> published = registry.read();
            List<Problem> problems = ContractReview.of(contracts.place(), files, published);
            if (!problems.isEmpty()) {
                return refuse(problems);
            }
            files.keySet().stream()
                    .filter(name -> !published.containsKey(name))
                    .forEach(name -> out().println("new: " + name.replace(".json", "")));
            int added = registry.publish(files);
            out().printf("%d of %d published at %s%n", added, files.size(), registry.place());
        }
        return CommandLine.ExitCode.OK;
    }

    @Command(
            name = "infer",
            description = {
                "Proposes a contract that events of a type keep, and prints it. The events are lines",
                "of JSON, as they were posted or as objects of the quarantine hold them (.gz too).",
                "Read it before you publish it: what fields mean, and which are about people, are",
                "guesses."
            },
            mixinStandardHelpOptions = true)
    int infer(
            @Option(names = "--type", required = true, description = "of the events, snake_case")
                    String type,
            @Option(names = "--team", required = true, description = "who owns the contract")
                    String team,
            @Option(names = "--contact", required = true, description = "how to reach the team")
                    String contact,
            @Parameters(paramLabel = "FILE", description = "standard input if there is none")
                    @Nullable List<Path> files)
            throws IOException {
        ContractProposal proposal = new ContractProposal(type, new Owner(team, contact));
        BiConsumer<String, JsonNode> events =
                (each, properties) -> {
                    if (each.equals(type)) {
                        proposal.add(properties);
                    }
                };
        if (files == null || files.isEmpty()) {
            EventLines.read(System.in, events);
        } else {
            for (Path file : files) {
                EventLines.read(file, events);
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
            description = "Writes the catalogue of event types as a page for people.",
            mixinStandardHelpOptions = true)
    int docs(
            @Mixin ContractsOption contracts,
            @Option(
                            names = "--out",
                            required = true,
                            paramLabel = "FILE",
                            description = "the page, HTML")
                    Path file)
            throws IOException {
        ContractCatalog catalog = ContractCatalog.of(contracts.place(), contracts.files());
        Files.writeString(file, new CataloguePage(catalog).html());
        out().println(file + " describes " + catalog.eventTypes().size() + " event types");
        return CommandLine.ExitCode.OK;
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
