package dev.sluice.runtime.config;

import dev.sluice.runtime.keylist.DynamoKeyList;
import dev.sluice.runtime.keylist.KeyList;
import dev.sluice.runtime.keylist.KeyListSource;
import dev.sluice.runtime.reference.Reference;
import dev.sluice.runtime.reference.ReferenceTiming;

import io.micrometer.core.instrument.MeterRegistry;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;

import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.bind.DefaultValue;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Function;

/// Where a list of keys is kept; a part of a service's own properties.
///
/// @param table of DynamoDB
/// @param create whether a missing table is created at the start
/// @param refresh how often the list is looked at
/// @param patience how long a start waits for it
public record KeyListProperties(
        @NotBlank @DefaultValue("sluice-suppressions") String table,
        @DefaultValue("false") boolean create,
        @NotNull @DurationMin(millis = 100) @DefaultValue("5s") Duration refresh,
        @NotNull @DurationMin @DefaultValue("60s") Duration patience) {

    private static final Duration RETRY = Duration.ofSeconds(2);

    /// Loads the list, and again whenever it changes.
    ///
    /// @param name for people and meters
    /// @param reader makes something of the list, which it reads
    /// @throws dev.sluice.runtime.failure.SetupFailure if it cannot be read within the patience
    public <T> Reference<T> load(
            String name, DynamoDbClient dynamo, Function<KeyList, T> reader, MeterRegistry meters) {
        String ensured = new MissingTables(dynamo, create).ensure(DynamoKeyList.table(table));
        return Reference.load(
                name,
                new KeyListSource<>(new DynamoKeyList(dynamo, ensured), reader),
                new ReferenceTiming(refresh, patience, RETRY),
                InstantSource.system(),
                meters);
    }
}
