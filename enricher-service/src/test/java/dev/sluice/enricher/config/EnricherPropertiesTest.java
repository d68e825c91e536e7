package dev.sluice.enricher.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import java.util.concurrent.atomic.AtomicReference;

class EnricherPropertiesTest {

    private final ApplicationContextRunner runner =
            new ApplicationContextRunner().withUserConfiguration(Properties.class);

    @Test
    void showsItsDefaultsInTheReference() {
        AtomicReference<EnricherProperties> defaults = new AtomicReference<>();
        runner.run(context -> defaults.set(context.getBean(EnricherProperties.class)));

        runner.withInitializer(new ConfigDataApplicationContextInitializer())
                .run(
                        context ->
                                assertThat(context.getBean(EnricherProperties.class))
                                        .isEqualTo(defaults.get()));
    }

    @Test
    void refusesWhatIsOutOfRange() {
        for (String wrong :
                new String[] {
                    "frame-size=0B", "late-after=-1s", "device.parses-per-second=0", "application= "
                }) {
            runner.withPropertyValues("sluice.enricher." + wrong)
                    .run(context -> assertThat(context).as(wrong).hasFailed());
        }
    }

    @EnableConfigurationProperties(EnricherProperties.class)
    static class Properties {}
}
