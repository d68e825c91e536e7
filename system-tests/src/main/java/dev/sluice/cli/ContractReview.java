package dev.sluice.cli;

import dev.sluice.contracts.evolution.ContractEvolution;
import dev.sluice.contracts.evolution.Problem;
import dev.sluice.contracts.schema.ContractCatalog;
import dev.sluice.contracts.schema.InvalidContract;
import dev.sluice.contracts.schema.TenantFolder;
import dev.sluice.validator.process.contract.CompiledContracts;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Everything that can be wrong with contracts before anybody uses them.
final class ContractReview {

    private ContractReview() {}

    /// What forbids to publish these files beside those that are published.
    ///
    /// @param place where the files are, for messages
    /// @param files by the names that they would have among the published ones
    static List<Problem> of(
            String place, Map<String, byte[]> files, Map<String, byte[]> published) {
        List<Problem> problems = new ArrayList<>();
        Map<String, byte[]> all = new TreeMap<>(published);
        files.forEach(
                (name, content) -> {
                    if (TenantFolder.isPolicy(name)) {
                        all.put(name, content);
                        return;
                    }
                    byte[] before = all.putIfAbsent(name, content);
                    if (before != null && !Arrays.equals(before, content)) {
                        problems.add(
                                new Problem(
                                        name.replace(".json", ""),
                                        "is published and must not change: write a new version"));
                    }
                });
        try {
            ContractCatalog catalog = ContractCatalog.of(place, all);
            var _ = new CompiledContracts(catalog);
            problems.addAll(ContractEvolution.check(catalog));
        } catch (InvalidContract invalid) {
            problems.add(new Problem("contracts", String.valueOf(invalid.getMessage())));
        }
        return problems;
    }
}
