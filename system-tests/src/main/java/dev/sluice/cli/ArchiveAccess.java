package dev.sluice.cli;

import dev.sluice.fleet.ArchiveLeases;
import dev.sluice.fleet.FleetBucket;
import dev.sluice.fleet.FleetClients;
import dev.sluice.fleet.FleetEndpoints;
import dev.sluice.loader.archive.ArchiveReader;
import dev.sluice.runtime.books.BooksStore;
import dev.sluice.runtime.books.DynamoBooks;
import dev.sluice.runtime.stream.SequenceNumber;
import dev.sluice.runtime.stream.ShardId;

import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/// The ways to an archive, its books, and how far it is acknowledged.
record ArchiveAccess(FleetBucket bucket, DynamoDbClient dynamo, DynamoDbAsyncClient async)
        implements AutoCloseable {

    /// @throws IOException if no fleet runs on the folder
    static ArchiveAccess open(BucketOption where) throws IOException {
        if (where.bucket != null) {
            return new ArchiveAccess(
                    where.open(), DynamoDbClient.create(), DynamoDbAsyncClient.create());
        }
        FleetEndpoints fleet = FleetEndpoints.readFrom(where.data);
        return new ArchiveAccess(
                FleetBucket.of(fleet), FleetClients.dynamo(fleet), FleetClients.asyncDynamo(fleet));
    }

    ArchiveReader archive() {
        return new ArchiveReader(bucket.objects());
    }

    BooksStore books(String table) {
        return new DynamoBooks(async, table, Duration.ofDays(1), InstantSource.system());
    }

    /// The last frame of each shard that the archive's application has acknowledged. Ended shards
    /// have none any more.
    ///
    /// @param application whose lease table it is
    Map<ShardId, SequenceNumber> acknowledged(String application) {
        return ArchiveLeases.acknowledged(dynamo, application);
    }

    @Override
    public void close() {
        async.close();
        dynamo.close();
        bucket.close();
    }
}
