package dev.sluice.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The rules of the house that no compiler sees.
class StyleTest {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    /// What a document may name in backticks or as a link target to be taken for a path.
    private static final Pattern NAMED =
            Pattern.compile("(?:`|\\]\\()((?:[\\w.-]+/)+[\\w.-]*|[A-Z]\\w+\\.(?:java|md))[`)#]");

    @Test
    void everyMainPackageSaysWhatEntersAndLeaves() {
        assertThat(packages())
                .allSatisfy(
                        directory ->
                                assertThat(directory.resolve("package-info.java"))
                                        .content()
                                        .contains("/// Enters:", "/// Leaves:", "/// Never:")
                                        .contains("@NullMarked"));
    }

    @Test
    void noMainFileIsLongerThanFourHundredLines() {
        assertThat(mainSources())
                .allSatisfy(
                        file ->
                                assertThat(read(file).lines().count())
                                        .as(file.toString())
                                        .isLessThanOrEqualTo(400));
    }

    @Test
    void pipelinesReadInOneSitting() {
        assertThat(mainSources().stream().filter(file -> file.toString().endsWith("Pipeline.java")))
                .isNotEmpty()
                .allSatisfy(
                        file ->
                                assertThat(read(file).lines().count())
                                        .as(file.toString())
                                        .isLessThanOrEqualTo(150));
    }

    @Test
    void pathsAndClassesNamedInDocumentsExist() {
        Set<String> sources =
                allFiles().map(path -> path.getFileName().toString()).collect(Collectors.toSet());
        assertThat(documents())
                .isNotEmpty()
                .allSatisfy(
                        document ->
                                assertThat(missing(document, sources))
                                        .as("named in %s but not there", ROOT.relativize(document))
                                        .isEmpty());
    }

    private static Set<String> missing(Path document, Set<String> sources) {
        Set<String> missing = new TreeSet<>();
        Matcher names = NAMED.matcher(read(document));
        while (names.find()) {
            String name = names.group(1);
            boolean there =
                    name.contains("/")
                            ? Files.exists(ROOT.resolve(name))
                                    || Files.exists(document.resolveSibling(name))
                            : sources.contains(name);
            if (!there) {
                missing.add(name);
            }
        }
        return missing;
    }

    private static Set<Path> packages() {
        return mainSources().stream().map(Path::getParent).collect(Collectors.toSet());
    }

    private static List<Path> mainSources() {
        return allFiles()
                .filter(path -> path.toString().contains("/src/main/java/"))
                .filter(path -> path.toString().endsWith(".java"))
                .toList();
    }

    private static List<Path> documents() {
        return allFiles().filter(path -> path.toString().endsWith(".md")).toList();
    }

    private static Stream<Path> allFiles() {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files
                    .filter(Files::isRegularFile)
                    .filter(
                            path ->
                                    !ROOT.relativize(path)
                                            .toString()
                                            .matches(
                                                    "(.*/)?(target|node_modules|\\.git|\\.sluice)/.*"))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
