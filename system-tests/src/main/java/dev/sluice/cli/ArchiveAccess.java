package dev.sluice.cli;

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
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/// The ways to an archive, its books, and how far it is acknowledged.
record ArchiveAccess(FleetBucket bucket, DynamoDbClient dynamo, DynamoDbAsyncClient async)
        implements AutoCloseable {

    private static final String SHARD = "leaseKey";
    private static final String CHECKPOINT = "checkpoint";

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
        Map<ShardId, SequenceNumber> acknowledged = new HashMap<>();
        dynamo.scanPaginator(scan -> scan.tableName(application).consistentRead(true))
                .items()
                .forEach(lease -> add(lease, acknowledged));
        return acknowledged;
    }

    @Override
    public void close() {
        async.close();
        dynamo.close();
        bucket.close();
    }

    private static void add(
            Map<String, AttributeValue> lease, Map<ShardId, SequenceNumber> acknowledged) {
        AttributeValue shard = lease.get(SHARD);
        AttributeValue checkpoint = lease.get(CHECKPOINT);
        if (shard != null && checkpoint != null && checkpoint.s().matches("\\d+")) {
            acknowledged.put(new ShardId(shard.s()), SequenceNumber.of(checkpoint.s()));
        }
    }
}
