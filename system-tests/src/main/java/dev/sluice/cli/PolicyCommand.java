package dev.sluice.cli;

import dev.sluice.contracts.event.TenantId;
import dev.sluice.contracts.evolution.Problem;
import dev.sluice.contracts.schema.PolicyFile;
import dev.sluice.contracts.schema.TenantFolder;
import dev.sluice.contracts.schema.UnknownTypes;
import dev.sluice.fleet.FleetBucket;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/// `sluice schema policy`: what becomes of a tenant's events whose type has no contract.
@Command(
        name = "policy",
        description = {
            "Shows or sets what becomes of a tenant's events whose type has no contract: they are",
            "accepted if they keep the contract that every event has, or quarantined. Services",
            "follow it within seconds."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  sluice schema policy --tenant shop",
            "  sluice schema policy --tenant shop --unknown-types accept",
            "  sluice schema policy --tenant shop --unknown-types quarantine --bucket my-lake",
        })
final class PolicyCommand implements Callable<Integer> {

    @Spec CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--tenant",
            required = true,
            paramLabel = "TENANT",
            description = "whose events")
    String tenant = "";

    @Option(
            names = "--unknown-types",
            paramLabel = "accept|quarantine",
            description = "publishes this; without it the policy in force is shown")
    @Nullable UnknownTypes unknownTypes;

    @Mixin BucketOption where = new BucketOption();

    /// @throws IllegalArgumentException if the tenant's id cannot name a folder
    @Override
    public Integer call() throws IOException {
        TenantFolder folder = new TenantFolder(new TenantId(tenant));
        try (FleetBucket bucket = where.open()) {
            PublishedContracts contracts = new PublishedContracts(bucket);
            if (unknownTypes == null) {
                show(contracts.catalog().policies().get(folder.tenant()));
                return CommandLine.ExitCode.OK;
            }
            return set(contracts, Map.of(folder.policy(), PolicyFile.of(unknownTypes)));
        }
    }

    private void show(@Nullable UnknownTypes policy) {
        out().println(
                        policy == null
                                ? "no policy: sluice.validator.unknown-types.otherwise of the validator holds"
                                : policy.text());
    }

    private int set(PublishedContracts contracts, Map<String, byte[]> policy) {
        List<Problem> problems = ContractReview.of("policy", policy, contracts.files());
        if (!problems.isEmpty()) {
            problems.forEach(spec.commandLine().getErr()::println);
            return CommandLine.ExitCode.SOFTWARE;
        }
        out().println(
                        contracts.publish(policy) == 0
                                ? "it is so already"
                                : "published at " + contracts.place());
        return CommandLine.ExitCode.OK;
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
