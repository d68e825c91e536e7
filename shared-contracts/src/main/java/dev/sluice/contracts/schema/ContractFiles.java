package dev.sluice.contracts.schema;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Finds contract files, `<event type>/<version>.json` under one root, on the class path or in a
/// directory.
final class ContractFiles {

    private static final String ROOT = "/contracts/";
    private static final String SUFFIX = ".json";

    private ContractFiles() {}

    /// The files that `contracts/index.txt` names: a jar cannot be listed.
    static Map<String, byte[]> bundled() {
        Map<String, byte[]> files = new TreeMap<>();
        String index = new String(resource("index.txt"), StandardCharsets.UTF_8);
        index.lines().forEach(name -> files.put(name, resource(name)));
        return files;
    }

    /// Every `.json` file of the first level of folders; anything else is left alone.
    ///
    /// @throws UncheckedIOException when the directory or a file cannot be read
    static List<Contract> in(Path root) {
        List<Contract> contracts = new ArrayList<>();
        try (Stream<Path> found = Files.walk(root, 2)) {
            List<Path> files =
                    found.filter(path -> path.toString().endsWith(SUFFIX))
                            .filter(Files::isRegularFile)
                            .sorted()
                            .toList();
            for (Path file : files) {
                String name = root.relativize(file).toString().replace('\\', '/');
                contracts.add(read(name, file.toString(), Files.readAllBytes(file)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the contracts in " + root, e);
        }
        return contracts;
    }

    /// @param origin what a file's name is put behind in messages
    static List<Contract> of(String origin, Map<String, byte[]> files) {
        return files.entrySet().stream()
                .map(file -> read(file.getKey(), origin + '/' + file.getKey(), file.getValue()))
                .toList();
    }

    private static Contract read(String name, String file, byte[] json) {
        return ContractReader.read(idOf(name, file), file, json);
    }

    private static ContractId idOf(String name, String file) {
        int slash = name.indexOf('/');
        if (slash < 0 || !name.endsWith(SUFFIX)) {
            throw new InvalidContract(file, "is not at <event type>/<version>.json");
        }
        try {
            String version = name.substring(slash + 1, name.length() - SUFFIX.length());
            return new ContractId(name.substring(0, slash), SchemaVer.parse(version));
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
