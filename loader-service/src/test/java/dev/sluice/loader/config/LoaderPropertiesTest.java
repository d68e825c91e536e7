package dev.sluice.loader.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

class LoaderPropertiesTest {

    private final ApplicationContextRunner runner =
            new ApplicationContextRunner().withUserConfiguration(Properties.class);

    @ParameterizedTest
    @ValueSource(
            classes = {
                ArchiveProperties.class,
                PublishProperties.class,
                TableProperties.class,
                QueueProperties.class,
                LeaderProperties.class,
                BooksProperties.class,
                CompactProperties.class,
                DerivedProperties.class,
                IdentitiesProperties.class,
                OpenSearchProperties.class,
                ClickHouseProperties.class,
                UpkeepProperties.class,
                RetentionProperties.class
            })
    void theReferenceShowsTheDefaults(Class<?> type) {
        AtomicReference<Object> defaults = new AtomicReference<>();
        runner.run(context -> defaults.set(context.getBean(type)));

        runner.withInitializer(new ConfigDataApplicationContextInitializer())
                .run(
                        context ->
                                assertThat(context.getBean(type))
                                        .usingRecursiveComparison()
                                        .isEqualTo(defaults.get()));
    }

    @Test
    void theReferenceShowsTheDefaultsOfTheWarehouse() {
        AtomicReference<WarehouseProperties> defaults = new AtomicReference<>();
        runner.run(context -> defaults.set(context.getBean(WarehouseProperties.class)));

        runner.withInitializer(new ConfigDataApplicationContextInitializer())
                .run(
                        context ->
                                assertThat(context.getBean(WarehouseProperties.class))
                                        .usingRecursiveComparison()
                                        .ignoringFields("user", "password")
                                        .isEqualTo(defaults.get()));
    }

    @Test
    void aPasswordIsNeverShown() {
        runner.withPropertyValues("sluice.loader.warehouse.password=hush")
                .run(
                        context -> {
                            WarehouseProperties warehouse =
                                    context.getBean(WarehouseProperties.class);
                            assertThat(warehouse.toString())
                                    .contains("password=[REDACTED]")
                                    .doesNotContain("hush");
                            assertThat(warehouse.password()).isEqualTo(Secret.of("hush"));
                        });
    }

    @Test
    void aStopThatDoesNotLoadDoesNotDrain() {
        assertThat(new WarehouseProperties.Stop(false, Duration.ofSeconds(9)).drain()).isZero();
        assertThat(new WarehouseProperties.Stop(true, Duration.ofSeconds(9)).drain()).hasSeconds(9);
    }

    @ParameterizedTest
    @CsvSource({
        "sluice.loader.leader.interval=8s, interval must be at most half of the lease",
        "sluice.loader.archive.object-size=2GB, object-size must be positive and below 1GB",
        "sluice.loader.publish.max-size=0B, max-size and max-total-size must be positive",
        "sluice.loader.publish.window=25s, max-window must not be shorter than window",
        "sluice.loader.publish.late-window=5s, late-window must not be shorter than window",
        "sluice.loader.publish.stream=, stream",
        "sluice.loader.warehouse.max-files=0, maxFiles",
        "sluice.loader.warehouse.max-rows=0, maxRows",
        "sluice.loader.warehouse.max-size=0B, max-size must be positive",
        "sluice.loader.warehouse.backoff.max=1ms, max must not be below min",
        "sluice.loader.books.settle=24h, lookback must be longer than settle",
        "sluice.loader.books.retention=72h, retention must be longer than history",
        "sluice.loader.derived.window=2m, max-window must not be shorter than window",
        "sluice.loader.derived.max-lines=0, maxLines",
        "sluice.loader.identities.max-events=0, maxEvents",
        "sluice.loader.opensearch.window.max-age=1s, max-age must not be shorter than age",
        "sluice.loader.opensearch.rules[0].sample=1.5, sample",
        "sluice.loader.opensearch.index.prefix=Events, prefix",
        "sluice.loader.clickhouse.table=a b, table",
        "sluice.loader.tables.queue=, queue"
    })
    void refusesWhatCannotWork(String setting, String why) {
        runner.withPropertyValues(setting)
                .run(
                        context ->
                                assertThat(context)
                                        .hasFailed()
                                        .getFailure()
                                        .rootCause()
                                        .hasMessageContaining(why));
    }

    @EnableConfigurationProperties({
        ArchiveProperties.class,
        PublishProperties.class,
        TableProperties.class,
        QueueProperties.class,
        LeaderProperties.class,
        BooksProperties.class,
        CompactProperties.class,
        DerivedProperties.class,
        IdentitiesProperties.class,
        OpenSearchProperties.class,
        ClickHouseProperties.class,
        UpkeepProperties.class,
        RetentionProperties.class,
        WarehouseProperties.class
    })
    static class Properties {}
}
