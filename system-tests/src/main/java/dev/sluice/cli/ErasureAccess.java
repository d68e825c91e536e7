package dev.sluice.cli;

import dev.sluice.contracts.pii.Pseudonyms;
import dev.sluice.contracts.subject.SubjectSecret;
import dev.sluice.fleet.FleetBucket;
import dev.sluice.fleet.FleetClients;
import dev.sluice.fleet.FleetEndpoints;
import dev.sluice.gdpr.ErasePipeline;
import dev.sluice.gdpr.derived.RedshiftIdentities;
import dev.sluice.gdpr.derived.RedshiftSessions;
import dev.sluice.gdpr.journal.ErasureJournal;
import dev.sluice.gdpr.person.Persons;
import dev.sluice.gdpr.quarantine.QuarantineStore;
import dev.sluice.gdpr.quarantine.RedshiftQuarantineTable;
import dev.sluice.gdpr.store.WarehouseConnections;
import dev.sluice.gdpr.suppression.Suppressions;
import dev.sluice.runtime.identity.DynamoIdentityStore;
import dev.sluice.runtime.keylist.DynamoKeyList;

import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The ways of a running fleet that an erasure goes.
record ErasureAccess(
        FleetEndpoints fleet, FleetBucket bucket, DynamoDbClient dynamo, DynamoDbAsyncClient async)
        implements AutoCloseable {

    private static final String LIST = "sluice-suppressions";
    private static final String IDENTITIES = "sluice-identities";

    /// The default of `sluice.enricher.identity.most-persons`.
    private static final int MOST_PERSONS = 3;

    /// @throws IOException if no fleet runs on the folder
    static ErasureAccess open(Path data) throws IOException {
        FleetEndpoints fleet = FleetEndpoints.readFrom(data);
        return new ErasureAccess(
                fleet,
                FleetBucket.of(fleet),
                FleetClients.dynamo(fleet),
                FleetClients.asyncDynamo(fleet));
    }

    /// @param settle how long tasks may take to see the list, and events to come to rest
    /// @param mostRecords that a request may match unless it says otherwise
    ErasePipeline pipeline(Duration settle, long mostRecords) {
        SubjectSecret secret = SubjectSecret.of(fleet.subjectSecret());
        WarehouseConnections warehouse =
                () ->
                        DriverManager.getConnection(
                                fleet.jdbcUrl(), fleet.jdbcUser(), fleet.jdbcPassword());
        return new ErasePipeline(
                new ErasureJournal(bucket.objects()),
                new Suppressions(new DynamoKeyList(dynamo, LIST), secret),
                listedAt -> pauseUntil(listedAt.plus(settle)),
                new Persons(
                        new DynamoIdentityStore(async, IDENTITIES),
                        secret,
                        MOST_PERSONS,
                        new Pseudonyms(List.of(fleet.pseudonymKey()))),
                List.of(
                        new QuarantineStore(
                                new RedshiftQuarantineTable(warehouse), bucket.objects()),
                        new RedshiftSessions(warehouse, secret),
                        new RedshiftIdentities(warehouse, secret)),
                mostRecords,
                InstantSource.system());
    }

    @Override
    public void close() {
        async.close();
        dynamo.close();
        bucket.close();
    }

    private static void pauseUntil(Instant then) {
        try {
            long millis = Duration.between(Instant.now(), then).toMillis();
            TimeUnit.MILLISECONDS.sleep(Math.max(0, millis));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted; erase again to go on", e);
        }
    }
}
