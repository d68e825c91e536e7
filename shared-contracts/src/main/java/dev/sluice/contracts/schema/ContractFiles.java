package dev.sluice.contracts.schema;

import dev.sluice.contracts.event.TenantId;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Finds contract files under one root, on the class path or in a directory: the common ones,
/// `<event type>/<version>.json`, and in `tenants/<tenant id>` what a tenant has of its own, with
/// its `policy.json`.
final class ContractFiles {

    private static final String ROOT = "/contracts/";
    private static final String SUFFIX = ".json";

    /// Of `tenants/<tenant id>/<event type>/<version>.json`.
    private static final int DEPTH = 4;

    private final List<Contract> contracts = new ArrayList<>();
    private final Map<TenantId, UnknownTypes> policies = new HashMap<>();

    private ContractFiles() {}

    /// The files that `contracts/index.txt` names: a jar cannot be listed.
    static Map<String, byte[]> bundled() {
        Map<String, byte[]> files = new TreeMap<>();
        String index = new String(resource("index.txt"), StandardCharsets.UTF_8);
        index.lines().forEach(name -> files.put(name, resource(name)));
        return files;
    }

    /// Every `.json` file of a folder and the folders in it.
    ///
    /// @throws UncheckedIOException when the directory or a file cannot be read
    static ContractSet in(Path root) {
        ContractFiles files = new ContractFiles();
        try (Stream<Path> found = Files.walk(root, DEPTH)) {
            List<Path> all =
                    found.filter(path -> path.toString().endsWith(SUFFIX))
                            .filter(Files::isRegularFile)
                            .sorted()
                            .toList();
            for (Path file : all) {
                String name = root.relativize(file).toString().replace('\\', '/');
                files.read(name, file.toString(), Files.readAllBytes(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the contracts in " + root, e);
        }
        return files.set();
    }

    /// @param origin what a file's name is put behind in messages
    static ContractSet of(String origin, Map<String, byte[]> contents) {
        ContractFiles files = new ContractFiles();
        contents.forEach((name, content) -> files.read(name, origin + '/' + name, content));
        return files.set();
    }

    private ContractSet set() {
        return new ContractSet(contracts, policies);
    }

    private void read(String name, String file, byte[] json) {
        Optional<TenantFolder> folder = folder(name, file);
        if (folder.isPresent() && TenantFolder.isPolicy(name)) {
            policies.put(folder.get().tenant(), PolicyFile.read(file, json));
            return;
        }
        String prefix = folder.map(TenantFolder::prefix).orElse("");
        ContractId id =
                idOf(
                        folder.map(TenantFolder::tenant).orElse(null),
                        name.substring(prefix.length()),
                        file);
        contracts.add(ContractReader.read(id, file, json));
    }

    private static Optional<TenantFolder> folder(String name, String file) {
        try {
            return TenantFolder.holding(name);
        } catch (IllegalArgumentException e) {
            throw new InvalidContract(file, String.valueOf(e.getMessage()), e);
        }
    }

    private static ContractId idOf(@Nullable TenantId tenant, String name, String file) {
        int slash = name.indexOf('/');
        if (slash < 0 || name.indexOf('/', slash + 1) >= 0 || !name.endsWith(SUFFIX)) {
            throw new InvalidContract(
                    file,
                    "is not at <event type>/<version>.json, nor at that place or at policy.json in"
                            + " tenants/<tenant id>");
        }
        try {
            String version = name.substring(slash + 1, name.length() - SUFFIX.length());
            return new ContractId(
                    new EventTypeId(tenant, name.substring(0, slash)), SchemaVer.parse(version));
        } catch (IllegalArgumentException e) {
            throw new InvalidContract(file, String.valueOf(e.getMessage()), e);
        }
    }

    private static byte[] resource(String name) {
        try (InputStream in = ContractFiles.class.getResourceAsStream(ROOT + name)) {
            if (in == null) {
                throw new InvalidContract("contracts/" + name, "is not on the class path");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read contracts/" + name, e);
        }
    }
}
