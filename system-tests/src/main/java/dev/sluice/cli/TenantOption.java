package dev.sluice.cli;

import dev.sluice.contracts.event.TenantId;
import dev.sluice.contracts.schema.TenantFolder;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Whose contracts.
final class TenantOption {

    @Option(
            names = "--tenant",
            paramLabel = "TENANT",
            description = "the tenant whose own contracts they are; those of every tenant if none")
    @Nullable String tenant;

    /// @throws IllegalArgumentException if the tenant's id cannot name a folder
    Optional<TenantFolder> folder() {
        return Optional.ofNullable(tenant).map(id -> new TenantFolder(new TenantId(id)));
    }

    /// The files under the names that they have among the contracts of all.
    Map<String, byte[]> among(Map<String, byte[]> files) {
        String prefix = folder().map(TenantFolder::prefix).orElse("");
        Map<String, byte[]> named = new TreeMap<>();
        files.forEach((name, content) -> named.put(prefix + name, content));
        return named;
    }
}
