package dev.sluice.loader.config;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

import dev.sluice.loader.layout.Layouts;
import dev.sluice.loader.pause.PauseFlag;
import dev.sluice.loader.queue.BlockedFiles;
import dev.sluice.loader.queue.LoadQueue;
import dev.sluice.loader.warehouse.ConnectionProbe;
import dev.sluice.loader.warehouse.LoadMetrics;
import dev.sluice.loader.warehouse.Manifest;
import dev.sluice.loader.warehouse.RedshiftWarehouse;
import dev.sluice.loader.warehouse.WarehouseLoop;
import dev.sluice.loader.warehouse.WarehousePipeline;
import dev.sluice.loader.warehouse.WarehouseSchema;
import dev.sluice.runtime.config.MissingTables;
import dev.sluice.runtime.kcl.KclConsumerConfig;
import dev.sluice.runtime.leader.DynamoLockRecords;
import dev.sluice.runtime.leader.LeaderElection;
import dev.sluice.runtime.leader.LeaseLock;
import dev.sluice.runtime.objects.ObjectStore;

import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

import java.time.InstantSource;
import java.util.UUID;

/// The warehouse loop.
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty(name = "sluice.loader.warehouse.enabled", matchIfMissing = true)
@EnableConfigurationProperties({WarehouseProperties.class, LeaderProperties.class})
class WarehouseConfiguration {

    /// A migration, the books, the quality of the data, persons, the lists of the lake, and upkeep.
    private static final int CONNECTIONS = 6;

    /// Starts without the warehouse, and keeps no connection it does not need.
    @Bean
    HikariDataSource warehouseConnections(WarehouseProperties properties, MeterRegistry meters) {
        return pool("warehouse", CONNECTIONS, properties, meters);
    }

    /// Only for loads. A pool tries a warehouse that is away ever more rarely, up to 5 s apart, as
    /// long as anybody waits for a connection; here only the load does, and gives up in between.
    @Bean(defaultCandidate = false)
    HikariDataSource loadConnections(WarehouseProperties properties, MeterRegistry meters) {
        return pool("warehouse-load", 1, properties, meters);
    }

    private static HikariDataSource pool(
            String name, int size, WarehouseProperties properties, MeterRegistry meters) {
        HikariConfig pool = new HikariConfig();
        pool.setPoolName(name);
        pool.setDriverClassName("com.amazon.redshift.Driver");
        pool.setJdbcUrl(properties.jdbcUrl());
        Secret password = properties.password();
        if (properties.hasUser()) {
            pool.setUsername(properties.user());
            pool.setPassword(password == null ? null : password.reveal());
        }
        pool.setMaximumPoolSize(size);
        pool.setMinimumIdle(0);
        pool.setConnectionTimeout(properties.connectTimeout().toMillis());
        pool.setInitializationFailTimeout(-1);
        pool.setMetricRegistry(meters);
        return new HikariDataSource(pool);
    }

    @Bean(destroyMethod = "")
    LeaderElection leaderElection(
            DynamoDbClient dynamo,
            TableProperties tables,
            MissingTables missing,
            LeaderProperties leader) {
        String table = missing.ensure(DynamoLockRecords.table(tables.locks()));
        String owner = KclConsumerConfig.hostName() + "/" + UUID.randomUUID();
        LeaseLock lock =
                new LeaseLock(
                        new DynamoLockRecords(dynamo, table, leader.lock()),
                        owner,
                        leader.lease(),
                        InstantSource.system());
        return new LeaderElection(lock, leader.interval(), InstantSource.system());
    }

    @Bean
    WarehousePipeline warehousePipeline(
            LeaderElection election,
            LoadQueue queue,
            PauseFlag pause,
            ObjectStore objects,
            Layouts layouts,
            @Qualifier("loadConnections") HikariDataSource loadConnections,
            WarehouseProperties properties) {
        RedshiftWarehouse warehouse =
                new RedshiftWarehouse(
                        loadConnections,
                        layouts,
                        properties.iamRole(),
                        properties.copyMargin(),
                        InstantSource.system());
        return new WarehousePipeline(
                election, queue, new Manifest(objects), warehouse, pause, properties.limits());
    }

    @Bean
    WarehouseLoop warehouseLoop(
            LeaderElection election,
            HikariDataSource warehouseConnections,
            @Qualifier("loadConnections") HikariDataSource loadConnections,
            WarehousePipeline pipeline,
            BlockedFiles blocked,
            WarehouseProperties properties,
            MeterRegistry meters) {
        return new WarehouseLoop(
                new WarehouseLoop.Parts(
                        election,
                        new ConnectionProbe(loadConnections),
                        new WarehouseSchema(warehouseConnections)::migrate,
                        pipeline,
                        blocked,
                        new LoadMetrics(meters)),
                properties.timing(),
                InstantSource.system());
    }

    @Bean
    BlockedFiles blockedFiles(LoadQueue queue, QueueProperties properties) {
        return new BlockedFiles(queue, properties.retryBlockedAfter(), InstantSource.system());
    }

    @Bean
    WarehousePhase warehousePhase(WarehouseLoop loop, WarehouseProperties properties) {
        return new WarehousePhase(loop, properties.stop());
    }
}
