package dev.sluice.enricher.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class PersonalDataPropertiesTest {

    private final ApplicationContextRunner runner =
            new ApplicationContextRunner().withUserConfiguration(Properties.class);

    @Test
    void needsASecretAndNeverPrintsIt() {
        String secret = "never-printed-".repeat(3);
        runner.run(
                context ->
                        assertThatThrownBy(
                                        context.getBean(PersonalDataProperties.class)::pseudonyms)
                                .isInstanceOf(IllegalArgumentException.class));
        runner.withPropertyValues("sluice.enricher.pii.secret=" + secret)
                .run(
                        context -> {
                            PersonalDataProperties properties =
                                    context.getBean(PersonalDataProperties.class);
                            assertThat(properties.pseudonyms()).isNotNull();
                            assertThat(properties.toString()).doesNotContain("never-printed");
                        });
    }

    @Test
    void refusesKeyIdsThatDoNotFitPseudonyms() {
        runner.withPropertyValues("sluice.enricher.pii.key-id=K:1")
                .run(context -> assertThat(context).hasFailed());
    }

    @EnableConfigurationProperties(PersonalDataProperties.class)
    static class Properties {}
}
