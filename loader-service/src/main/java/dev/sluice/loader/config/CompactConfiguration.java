package dev.sluice.loader.config;

import com.zaxxer.hikari.HikariDataSource;

import dev.sluice.loader.compact.CompactMetrics;
import dev.sluice.loader.compact.CompactTurn;
import dev.sluice.loader.lake.FileLists;
import dev.sluice.loader.lake.LakeLoop;
import dev.sluice.loader.lake.ListFeed;
import dev.sluice.loader.lake.RedshiftLoadedFiles;
import dev.sluice.loader.warehouse.WarehouseLoop;
import dev.sluice.runtime.objects.ConditionalObjects;
import dev.sluice.runtime.objects.ObjectStore;

import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import java.time.InstantSource;

/// The file lists of the lake and its compaction, by whoever leads.
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty(name = "sluice.loader.warehouse.enabled", matchIfMissing = true)
@EnableConfigurationProperties(CompactProperties.class)
class CompactConfiguration {

    @Bean
    FileLists fileLists(ObjectStore objects, ConditionalObjects lists) {
        return new FileLists(objects, lists);
    }

    @Bean(initMethod = "start")
    LakeLoop listLoop(
            WarehouseLoop loop,
            HikariDataSource warehouseConnections,
            FileLists lists,
            ObjectStore objects,
            CompactProperties properties,
            MeterRegistry meters) {
        ListFeed feed = new ListFeed(new RedshiftLoadedFiles(warehouseConnections), lists, objects);
        return new LakeLoop(
                "lake-lists",
                loop::leads,
                _ -> feed.turn(),
                properties.listInterval(),
                InstantSource.system(),
                meters);
    }

    @Bean(initMethod = "start")
    @ConditionalOnBooleanProperty(name = "sluice.loader.compact.enabled", matchIfMissing = true)
    LakeLoop compactLoop(
            WarehouseLoop loop,
            FileLists lists,
            ObjectStore objects,
            CompactProperties properties,
            MeterRegistry meters) {
        CompactTurn turn =
                new CompactTurn(
                        lists,
                        objects,
                        properties.limits(),
                        new CompactMetrics(meters),
                        InstantSource.system());
        return new LakeLoop(
                "lake-compaction",
                loop::leads,
                turn::take,
                properties.interval(),
                InstantSource.system(),
                meters);
    }
}
