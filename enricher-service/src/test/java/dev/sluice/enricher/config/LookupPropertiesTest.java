package dev.sluice.enricher.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.runtime.failure.SetupFailure;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

class LookupPropertiesTest {

    @TempDir Path folder;

    private final ApplicationContextRunner runner =
            new ApplicationContextRunner().withUserConfiguration(Properties.class);

    @Test
    void showsItsDefaultsInTheReference() {
        runner.run(
                plain ->
                        runner.withInitializer(new ConfigDataApplicationContextInitializer())
                                .run(
                                        reference -> {
                                            for (Class<?> type :
                                                    List.of(
                                                            GeoProperties.class,
                                                            TrafficProperties.class)) {
                                                assertThat(reference.getBean(type))
                                                        .isEqualTo(plain.getBean(type));
                                            }
                                        }));
    }

    @Test
    void refusesWhatIsOutOfRange() {
        for (String wrong :
                new String[] {
                    "geo.source=folder",
                    "geo.source=somewhere",
                    "geo.folder=/x",
                    "geo.cache-size=0",
                    "geo.refresh=1ms",
                    "traffic.cache-size=0"
                }) {
            runner.withPropertyValues("sluice.enricher." + wrong)
                    .run(context -> assertThat(context).as(wrong).hasFailed());
        }
    }

    @Test
    void takesChannelsFromAFile() throws IOException {
        Path file = folder.resolve("mine.yml");
        assertThatThrownBy(() -> new TrafficProperties(file, 1).rules())
                .isInstanceOf(SetupFailure.class)
                .hasMessageContaining(file.toString());

        Files.writeString(file, "rules: [{channel: all}]");
        assertThat(new TrafficProperties(file, 1).rules().rules()).hasSize(1);

        Files.writeString(file, "rules: [{channel: a, medium: '('}, {channel: all}]");
        assertThatThrownBy(() -> new TrafficProperties(file, 1).rules())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(file + ", rule 1 (a): medium is no regular expression");
    }

    @EnableConfigurationProperties({GeoProperties.class, TrafficProperties.class})
    static class Properties {}
}
