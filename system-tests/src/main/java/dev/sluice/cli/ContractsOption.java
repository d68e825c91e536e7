package dev.sluice.cli;

import dev.sluice.contracts.schema.ContractCatalog;
import dev.sluice.runtime.reference.FolderFiles;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// Which contracts.
final class ContractsOption {

    @Option(
            names = "--contracts",
            paramLabel = "DIR",
            description = {
                "a folder of contracts, <event type>/<version>.json; those that come with Sluice",
                "if none is named. With --tenant it holds that tenant's own and its policy.json;",
                "without it they can be in tenants/<tenant id>"
            })
    @Nullable Path folder;

    String place() {
        return folder == null ? "contracts" : folder.toString();
    }

    /// By the names that they have among the contracts of all.
    ///
    /// @param whose whose they are
    /// @throws IOException if there is no such folder
    Map<String, byte[]> files(TenantOption whose) throws IOException {
        if (folder == null && whose.tenant != null) {
            throw new IOException("name the folder of the tenant's contracts: --contracts DIR");
        }
        return whose.among(files());
    }

    /// By name.
    ///
    /// @throws IOException if there is no such folder
    Map<String, byte[]> files() throws IOException {
        if (folder == null) {
            return ContractCatalog.bundledFiles();
        }
        if (!Files.isDirectory(folder)) {
            throw new IOException("no folder " + folder);
        }
        return new FolderFiles(folder, ".json").read();
    }
}
