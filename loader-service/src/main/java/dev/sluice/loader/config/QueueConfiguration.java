package dev.sluice.loader.config;

import dev.sluice.loader.layout.Layouts;
import dev.sluice.loader.pause.DynamoPauseFlag;
import dev.sluice.loader.pause.PauseFlag;
import dev.sluice.loader.queue.DynamoLoadQueue;
import dev.sluice.loader.queue.LoadQueue;
import dev.sluice.loader.queue.QueueWatch;
import dev.sluice.runtime.config.MissingTables;
import dev.sluice.runtime.leader.DynamoLockRecords;
import dev.sluice.runtime.objects.ObjectStore;

import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

import java.time.InstantSource;

/// The load queue, which joins the two loops.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({
    TableProperties.class,
    QueueProperties.class,
    LeaderProperties.class
})
class QueueConfiguration {

    @Bean
    MissingTables missingTables(DynamoDbClient dynamo, TableProperties tables) {
        return new MissingTables(dynamo, tables.create());
    }

    @Bean
    LoadQueue loadQueue(DynamoDbClient dynamo, TableProperties tables, MissingTables missing) {
        String table = missing.ensure(DynamoLoadQueue.table(tables.queue()));
        return new DynamoLoadQueue(dynamo, table, InstantSource.system());
    }

    @Bean
    Layouts layouts(ObjectStore objects) {
        return new Layouts(objects);
    }

    @Bean
    PauseFlag pauseFlag(
            DynamoDbClient dynamo,
            TableProperties tables,
            MissingTables missing,
            LeaderProperties leader) {
        String table = missing.ensure(DynamoLockRecords.table(tables.locks()));
        return new DynamoPauseFlag(dynamo, table, leader.lock());
    }

    @Bean(initMethod = "start")
    QueueWatch queueWatch(
            LoadQueue queue, PauseFlag pause, QueueProperties properties, MeterRegistry meters) {
        return new QueueWatch(
                queue,
                pause,
                properties.watchInterval(),
                properties.unhealthyLag(),
                InstantSource.system(),
                meters);
    }
}
