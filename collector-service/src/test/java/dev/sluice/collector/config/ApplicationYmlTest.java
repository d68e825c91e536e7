package dev.sluice.collector.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.core.type.filter.AnnotationTypeFilter;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// `application.yml` is the reference: every key is there and every key is explained.
class ApplicationYmlTest {

    private static final Resource FILE = new ClassPathResource("application.yml");

    @Test
    void namesEveryKeyOfEveryPropertiesRecord() throws Exception {
        Set<String> keys = new TreeSet<>();
        for (Class<?> properties : propertiesIn("dev.sluice.collector.config")) {
            addKeys(prefix(properties), properties, keys);
        }

        assertThat(keys).hasSizeGreaterThan(10);
        assertThat(keysOfFile()).containsAll(keys);
    }

    @Test
    void namesTheRuntimesKeysThatMatterHere() throws Exception {
        Set<String> keys = new TreeSet<>();
        for (Class<?> properties : propertiesIn("dev.sluice.runtime.config")) {
            if (Set.of("sluice.publisher", "sluice.kinesis", "sluice.books")
                    .contains(prefix(properties))) {
                addKeys(prefix(properties), properties, keys);
            }
        }
        String setByTimeLimits = "sluice.publisher.deadline";

        assertThat(keys).hasSizeGreaterThan(10).contains(setByTimeLimits);
        keys.remove(setByTimeLimits);
        assertThat(keysOfFile()).containsAll(keys).doesNotContain(setByTimeLimits);
    }

    @Test
    void explainsEveryKey() throws IOException {
        List<String> lines = FILE.getContentAsString(StandardCharsets.UTF_8).lines().toList();
        List<String> unexplained = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            String line = lines.get(i);
            boolean hasValue = line.strip().matches("[\\w-]+: \\S.*");
            if (hasValue && !lines.get(i - 1).strip().startsWith("#")) {
                unexplained.add(line.strip());
            }
        }

        assertThat(unexplained).isEmpty();
    }

    private static void addKeys(String prefix, Class<?> record, Set<String> keys) {
        for (RecordComponent component : record.getRecordComponents()) {
            String key = prefix + "." + kebab(component.getName());
            if (component.getType().isRecord()) {
                addKeys(key, component.getType(), keys);
            } else {
                keys.add(key);
            }
        }
    }

    private static Set<String> keysOfFile() throws IOException {
        Set<String> keys = new TreeSet<>();
        for (var source : new YamlPropertySourceLoader().load("application.yml", FILE)) {
            for (String name : ((EnumerablePropertySource<?>) source).getPropertyNames()) {
                keys.add(
                        ConfigurationPropertyName.of(name.replaceAll("\\[\\d+].*", "")).toString());
            }
        }
        return keys;
    }

    private static String prefix(Class<?> properties) {
        ConfigurationProperties annotation =
                properties.getAnnotation(ConfigurationProperties.class);
        return annotation == null ? "" : annotation.value();
    }

    private static List<Class<?>> propertiesIn(String basePackage) throws ClassNotFoundException {
        ClassPathScanningCandidateComponentProvider scan =
                new ClassPathScanningCandidateComponentProvider(false) {
                    @Override
                    protected boolean isCandidateComponent(AnnotatedBeanDefinition definition) {
                        return true;
                    }
                };
        scan.addIncludeFilter(new AnnotationTypeFilter(ConfigurationProperties.class));
        List<Class<?>> found = new ArrayList<>();
        for (var candidate : scan.findCandidateComponents(basePackage)) {
            Class<?> type = Class.forName(candidate.getBeanClassName());
            if (type.isRecord()) {
                found.add(type);
            }
        }
        return found;
    }

    private static String kebab(String name) {
        return name.replaceAll("([a-z])([A-Z0-9])", "$1-$2").toLowerCase(java.util.Locale.ROOT);
    }
}
