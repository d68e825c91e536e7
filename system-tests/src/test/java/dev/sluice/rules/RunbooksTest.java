package dev.sluice.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.core.io.FileSystemResource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Who is woken at night can trust the names in the runbooks.
class RunbooksTest {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final String NAME = "sluice(?:\\.[a-z]+(?:-[a-z]+)*)+";

    /// A meter or a setting.
    private static final Pattern NAMED = Pattern.compile(NAME);

    private static final Pattern LITERAL = Pattern.compile("\"(" + NAME + ")\"");
    private static final Pattern ANCHOR = Pattern.compile("\\]\\(([\\w-]+\\.md)#([\\w-]+)\\)");

    @Test
    void everyMeterIsRegisteredAndEverySettingHasADefault() {
        Set<String> known = new HashSet<>(settings());
        mainSources().forEach(source -> known.addAll(names(LITERAL, 1, read(source))));

        assertThat(runbooks())
                .isNotEmpty()
                .allSatisfy(
                        page ->
                                assertThat(names(NAMED, 0, read(page)))
                                        .as("named in %s", ROOT.relativize(page))
                                        .isSubsetOf(known));
    }

    @Test
    void everyAlarmNamesAMeter() {
        assertThat(read(runbook("README.md")).lines().filter(line -> line.endsWith(".md) |")))
                .isNotEmpty()
                .allMatch(line -> NAMED.matcher(line).find());
    }

    @Test
    void everySectionThatIsLinkedToIsThere() {
        assertThat(runbooks())
                .allSatisfy(
                        page ->
                                assertThat(ANCHOR.matcher(read(page)).results())
                                        .allMatch(RunbooksTest::isThere));
    }

    private static boolean isThere(MatchResult link) {
        return read(runbook(link.group(1)))
                .lines()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT))
                .map(title -> title.replaceAll("[^\\w -]", "").replace(' ', '-'))
                .anyMatch(link.group(2)::equals);
    }

    private static Set<String> names(Pattern pattern, int group, String text) {
        Set<String> names = new TreeSet<>();
        Matcher found = pattern.matcher(text);
        while (found.find()) {
            names.add(found.group(group));
        }
        return names;
    }

    /// Of every service's reference.
    private static Set<String> settings() {
        return files("src/main/resources/application.yml")
                .flatMap(
                        file -> {
                            YamlPropertiesFactoryBean yaml = new YamlPropertiesFactoryBean();
                            yaml.setResources(new FileSystemResource(file));
                            return Objects.requireNonNull(yaml.getObject()).keySet().stream();
                        })
                .map(String::valueOf)
                .collect(Collectors.toSet());
    }

    private static List<Path> mainSources() {
        return files(".java").filter(file -> file.toString().contains("/src/main/")).toList();
    }

    private static List<Path> runbooks() {
        return files(".md").filter(file -> file.startsWith(ROOT.resolve("docs/runbooks"))).toList();
    }

    private static Path runbook(String name) {
        return ROOT.resolve("docs/runbooks").resolve(name);
    }

    private static Stream<Path> files(String end) {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files
                    .filter(file -> file.toString().endsWith(end))
                    .filter(file -> !file.toString().contains("/target/"))
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
