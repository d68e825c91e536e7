package dev.sluice.traffic;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Word lists from the class path, `traffic/<name>.txt`: one entry a line, its columns split by
/// `|`.
final class Words {

    private Words() {}

    static List<String> lines(String name) {
        String resource = "/traffic/" + name + ".txt";
        try (InputStream in = Words.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + resource, e);
        }
    }

    static List<List<String>> rows(String name) {
        return lines(name).stream().map(line -> List.of(line.split("\\|", -1))).toList();
    }

    /// The second columns by the first.
    static Map<String, List<String>> byKey(String name) {
        return rows(name).stream()
                .collect(
                        Collectors.groupingBy(
                                List::getFirst,
                                TreeMap::new,
                                Collectors.mapping(List::getLast, Collectors.toList())));
    }
}
