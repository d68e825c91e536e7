package dev.sluice.crash;

import dev.sluice.fleet.ArchiveLeases;
import dev.sluice.fleet.FleetClients;
import dev.sluice.fleet.FleetEndpoints;
import dev.sluice.loader.archive.verify.ArchiveVerification;
import dev.sluice.loader.archive.verify.VerifyReport;
import dev.sluice.loader.archive.verify.VerifyScope;
import dev.sluice.runtime.books.DynamoBooks;
import dev.sluice.runtime.objects.ObjectStore;

import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// What `sluice archive verify` says of everything that was received.
final class ArchiveAudit {

    private static final String BOOKS = "sluice-books";
    private static final Duration A_DAY = Duration.ofDays(1);

    /// All has come to rest, so that the minute under way can be compared too.
    private static final Duration AT_REST = Duration.ofMinutes(-1);

    private ArchiveAudit() {}

    /// @param found what speaks against the archive
    /// @param note a figure for a person
    record Result(Finding found, String note) {}

    static Result of(FleetEndpoints fleet, ObjectStore objects) {
        Instant now = Instant.now();
        try (DynamoDbClient dynamo = FleetClients.dynamo(fleet);
                DynamoDbAsyncClient async = FleetClients.asyncDynamo(fleet)) {
            VerifyScope scope =
                    new VerifyScope(
                            now.minus(A_DAY),
                            now.plus(Duration.ofMinutes(1)),
                            new DynamoBooks(async, BOOKS, A_DAY, InstantSource.system()),
                            ArchiveLeases.acknowledged(dynamo, ArchiveLeases.TABLE),
                            Duration.ofDays(180),
                            AT_REST);
            VerifyReport report =
                    new ArchiveVerification(objects, InstantSource.system()).run(scope, _ -> {});
            return new Result(
                    Finding.of(
                            "the archive is whole, and has what the books have",
                            report.findings().stream().map(Object::toString).toList()),
                    "archive: %,d objects, %,d frames, %,d events"
                            .formatted(report.objects(), report.frames(), report.events()));
        }
    }
}
