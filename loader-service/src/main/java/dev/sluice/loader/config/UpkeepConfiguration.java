package dev.sluice.loader.config;

import com.zaxxer.hikari.HikariDataSource;

import dev.sluice.loader.layout.EventRows;
import dev.sluice.loader.layout.FileLayout;
import dev.sluice.loader.layout.Layouts;
import dev.sluice.loader.queue.LoadQueue;
import dev.sluice.loader.reports.ReportRefresh;
import dev.sluice.loader.reports.ReportTables;
import dev.sluice.loader.retention.Retention;
import dev.sluice.loader.upkeep.DriftCheck;
import dev.sluice.loader.upkeep.FileColumns;
import dev.sluice.loader.upkeep.LoadLatency;
import dev.sluice.loader.upkeep.UpkeepJob;
import dev.sluice.loader.upkeep.UpkeepLoop;
import dev.sluice.loader.warehouse.WarehouseLoop;
import dev.sluice.runtime.objects.ObjectStore;
import dev.sluice.runtime.reference.Reference;

import io.micrometer.core.instrument.MeterRegistry;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import java.time.InstantSource;
import java.util.List;

/// What the leader does now and then besides loading.
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty(name = "sluice.loader.warehouse.enabled", matchIfMissing = true)
@EnableConfigurationProperties({UpkeepProperties.class, RetentionProperties.class})
class UpkeepConfiguration {

    @Bean
    LoadLatency loadLatency(
            HikariDataSource warehouse, UpkeepProperties properties, MeterRegistry meters) {
        return new LoadLatency(
                warehouse, properties.latencyInterval(), properties.latencyWindow(), meters);
    }

    /// The columns of events are those of the contracts of the moment, where this task knows them.
    @Bean
    DriftCheck driftCheck(
            HikariDataSource warehouse,
            Layouts layouts,
            ObjectProvider<Reference<EventRows>> contracts,
            UpkeepProperties properties,
            MeterRegistry meters) {
        return new DriftCheck(
                warehouse,
                () -> FileColumns.byTable(layout(layouts, contracts.getIfAvailable())),
                properties.driftInterval(),
                meters);
    }

    private static FileLayout layout(Layouts layouts, @Nullable Reference<EventRows> contracts) {
        return contracts == null ? layouts.find(Layouts.BUNDLED) : contracts.get().layout();
    }

    @Bean
    @ConditionalOnBooleanProperty(name = "sluice.loader.upkeep.reports", matchIfMissing = true)
    ReportRefresh reportRefresh(
            HikariDataSource warehouse, UpkeepProperties properties, MeterRegistry meters) {
        return new ReportRefresh(new ReportTables(warehouse), properties.reportsInterval(), meters);
    }

    @Bean
    @ConditionalOnBooleanProperty(name = "sluice.loader.retention.enabled", matchIfMissing = true)
    Retention retention(
            HikariDataSource warehouse,
            ObjectStore objects,
            LoadQueue queue,
            RetentionProperties properties,
            MeterRegistry meters) {
        return new Retention(
                warehouse, objects, queue, properties.limits(), properties.interval(), meters);
    }

    @Bean(initMethod = "start")
    UpkeepLoop upkeepLoop(
            WarehouseLoop loop,
            List<UpkeepJob> jobs,
            UpkeepProperties properties,
            MeterRegistry meters) {
        return new UpkeepLoop(loop::leads, jobs, properties.look(), InstantSource.system(), meters);
    }
}
