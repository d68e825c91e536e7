package dev.sluice.validator.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contracts.schema.UnknownTypes;

import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import java.util.concurrent.atomic.AtomicReference;

class ValidatorPropertiesTest {

    private final ApplicationContextRunner runner =
            new ApplicationContextRunner().withUserConfiguration(Properties.class);

    @Test
    void showsItsDefaultsInTheReference() {
        AtomicReference<ValidatorProperties> defaults = new AtomicReference<>();
        runner.run(context -> defaults.set(context.getBean(ValidatorProperties.class)));

        runner.withInitializer(new ConfigDataApplicationContextInitializer())
                .run(
                        context ->
                                assertThat(context.getBean(ValidatorProperties.class))
                                        .isEqualTo(defaults.get()));
    }

    @Test
    void bindsWhatBecomesOfUnknownTypes() {
        runner.withPropertyValues("sluice.validator.unknown-types.otherwise=accept")
                .run(
                        context ->
                                assertThat(
                                                context.getBean(ValidatorProperties.class)
                                                        .unknownTypes()
                                                        .otherwise())
                                        .isEqualTo(UnknownTypes.ACCEPT));
    }

    @Test
    void refusesAnEventSizeThatNoFrameHolds() {
        runner.withPropertyValues("sluice.validator.max-event-size=1MB")
                .run(
                        context ->
                                assertThat(context)
                                        .hasFailed()
                                        .getFailure()
                                        .rootCause()
                                        .hasMessageContaining("max-event-size at most 900KB"));
    }

    @Test
    void refusesAFolderOfContractsWithoutAName() {
        runner.withPropertyValues("sluice.validator.contracts.source=folder")
                .run(
                        context ->
                                assertThat(context)
                                        .hasFailed()
                                        .getFailure()
                                        .rootCause()
                                        .hasMessageContaining("the source folder needs a folder"));
    }

    @Test
    void refusesAStreamWithoutAName() {
        runner.withPropertyValues("sluice.validator.raw-stream= ")
                .run(
                        context ->
                                assertThat(context)
                                        .hasFailed()
                                        .getFailure()
                                        .rootCause()
                                        .hasMessageContaining("rawStream"));
    }

    @Test
    void refusesRoomForHardlyAnyIds() {
        runner.withPropertyValues("sluice.validator.duplicates.max-bytes=1KB")
                .run(
                        context ->
                                assertThat(context)
                                        .hasFailed()
                                        .getFailure()
                                        .rootCause()
                                        .hasMessageContaining("must be from 1MB to 32GB"));
    }

    @EnableConfigurationProperties(ValidatorProperties.class)
    static class Properties {}
}
