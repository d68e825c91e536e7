package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What the README names exists, and the program takes the options it shows.
class ReadmeTest {
    private static final Path README = Path.of("README.md");
    private static final Pattern CLASS = Pattern.compile("`(?:@|new )?([A-Z]\\w+[a-z]\\w*)[`.(]");
    private static final Pattern CALL = Pattern.compile("([A-Z]\\w+)\\.([a-z]\\w+)(?=[`(])");
    private static final Pattern PACKAGE = Pattern.compile("`(dev\\.sluice[.a-z0-9]+)`");

    @Test
    void namesOnlyPackagesThatExist() throws IOException {
        assertThat(found(PACKAGE).map(m -> m.group(1)).toList())
                .isNotEmpty()
                .allSatisfy(
                        name ->
                                assertThat(Path.of("src/main/java", name.replace('.', '/')))
                                        .isDirectory());
    }

    @Test
    void namesOnlyClassesThatExist() throws IOException {
        assertThat(found(CLASS).map(m -> m.group(1)).toList())
                .contains("LocalAwsConfig", "WithLocalAws", "S3DurabilityIT")
                .isSubsetOf(classes());
    }

    @Test
    void namesOnlyMethodsThatExist() throws IOException {
        assertThat(found(CALL).filter(m -> !m.group(1).equals("Path")).toList())
                .isNotEmpty()
                .allSatisfy(m -> assertThat(source(m.group(1))).contains(" " + m.group(2) + "("));
    }

    @Test
    void showsACommandThatTheProgramTakes() throws IOException {
        String readme = Files.readString(README);
        String main = LocalAwsMain.class.getName();
        String command = readme.substring(readme.indexOf("  " + main) + main.length() + 2);
        List<String> options =
                Pattern.compile(" +")
                        .splitAsStream(command.substring(0, command.indexOf('\n')))
                        .filter(o -> !o.isEmpty())
                        .toList();

        var parsed = LocalAwsMain.commandLine().parseArgs(options.toArray(String[]::new));

        assertThat(options.stream().filter(o -> o.startsWith("--")).toList())
                .isNotEmpty()
                .allSatisfy(o -> assertThat(parsed.hasMatchedOption(o)).isTrue());
    }

    private static Stream<MatchResult> found(Pattern pattern) throws IOException {
        return pattern.matcher(Files.readString(README)).results();
    }

    private static Set<String> classes() throws IOException {
        return sources().stream()
                .map(f -> f.getFileName().toString().replace(".java", ""))
                .collect(Collectors.toSet());
    }

    private static String source(String type) throws IOException {
        for (Path file : sources()) {
            if (file.getFileName().toString().equals(type + ".java")) {
                return Files.readString(file);
            }
        }
        throw new AssertionError("no class " + type);
    }

    private static List<Path> sources() throws IOException {
        try (var files = Files.walk(Path.of("src"))) {
            return files.filter(f -> f.toString().endsWith(".java")).toList();
        }
    }
}
