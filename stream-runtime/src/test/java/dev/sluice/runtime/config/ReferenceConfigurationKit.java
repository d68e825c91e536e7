package dev.sluice.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A service's `application.yml` is the reference of everything that can be set: each service's
/// test extends this one.
public class ReferenceConfigurationKit {

    private static final Map<String, Boolean> COMMENTED = keysOf("/application.yml");

    @Test
    public void namesEveryKeyOfEveryPropertiesRecord() throws ClassNotFoundException {
        List<String> wanted = new ArrayList<>();
        for (Class<?> type : propertiesRecords()) {
            collect(type.getAnnotation(ConfigurationProperties.class).value(), type, wanted);
        }

        assertThat(wanted).contains("sluice.kcl.failover-time").isSubsetOf(COMMENTED.keySet());
    }

    @Test
    public void namesNoKeyOfOursThatDoesNotExist() throws ClassNotFoundException {
        List<String> known = new ArrayList<>();
        for (Class<?> type : propertiesRecords()) {
            collect(type.getAnnotation(ConfigurationProperties.class).value(), type, known);
        }

        assertThat(COMMENTED.keySet().stream().filter(key -> key.startsWith("sluice.")))
                .isSubsetOf(known);
    }

    @Test
    public void explainsEveryKey() {
        assertThat(COMMENTED)
                .allSatisfy((key, commented) -> assertThat(commented).as(key).isTrue());
    }

    private static List<Class<?>> propertiesRecords() throws ClassNotFoundException {
        ClassPathScanningCandidateComponentProvider scanner =
                new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AnnotationTypeFilter(ConfigurationProperties.class));
        List<Class<?>> records = new ArrayList<>();
        for (var candidate : scanner.findCandidateComponents("dev.sluice")) {
            Class<?> type = Class.forName(candidate.getBeanClassName());
            if (type.isRecord()) {
                records.add(type);
            }
        }
        return records;
    }

    private static void collect(String prefix, Class<?> type, List<String> keys) {
        for (RecordComponent component : type.getRecordComponents()) {
            String name = prefix + '.' + kebab(component.getName());
            if (component.getType().isRecord()) {
                collect(name, component.getType(), keys);
            } else {
                assertThat(ConfigurationPropertyName.isValid(name)).as(name).isTrue();
                keys.add(name);
            }
        }
    }

    private static String kebab(String camel) {
        return camel.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    /// The keys that hold a value, and whether the line above each is a comment.
    private static Map<String, Boolean> keysOf(String resource) {
        Map<String, Boolean> keys = new LinkedHashMap<>();
        Deque<String> path = new ArrayDeque<>();
        List<String> lines = lines(resource);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.isBlank() || line.strip().startsWith("#")) {
                continue;
            }
            int depth = (line.length() - line.stripLeading().length()) / 2;
            while (path.size() > depth) {
                path.removeLast();
            }
            path.addLast(line.strip().substring(0, line.strip().indexOf(':')));
            boolean parent = i + 1 < lines.size() && opens(lines, i, depth);
            if (!parent) {
                keys.put(String.join(".", path), lines.get(i - 1).strip().startsWith("#"));
            }
        }
        return keys;
    }

    private static boolean opens(List<String> lines, int at, int depth) {
        for (String next : lines.subList(at + 1, lines.size())) {
            if (!next.isBlank() && !next.strip().startsWith("#")) {
                return (next.length() - next.stripLeading().length()) / 2 > depth;
            }
        }
        return false;
    }

    private static List<String> lines(String resource) {
        try (InputStream in = ReferenceConfigurationKit.class.getResourceAsStream(resource)) {
            assertThat(in).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
