package dev.sluice.replay;

import static dev.sluice.replay.ReplayRig.TEN;
import static dev.sluice.replay.ReplayRig.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fleet.FleetBucket;
import dev.sluice.fleet.FleetClients;
import dev.sluice.fleet.FleetEndpoints;
import dev.sluice.fleet.FleetParts;
import dev.sluice.loader.archive.ArchiveReader;
import dev.sluice.local.LocalAws;
import dev.sluice.local.LocalAwsConfig;
import dev.sluice.local.LocalEndpoints;
import dev.sluice.local.LocalService;
import dev.sluice.runtime.config.MissingTables;
import dev.sluice.runtime.objects.ObjectSummary;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The services' own assembly gives the steps of a replay, and starts nothing.
class FleetPartsIT {

    private static final Map<String, String> BUNDLED =
            Map.of(
                    "sluice.validator.contracts.source", "bundled",
                    "sluice.enricher.pii.contracts.source", "bundled",
                    "sluice.loader.publish.contracts.source", "bundled");

    @TempDir Path data;

    @Test
    void anArchiveBecomesFilesInTheQueueByTheServicesOwnSteps() throws Exception {
        try (LocalAws aws =
                        LocalAws.start(
                                LocalAwsConfig.in(data)
                                        .withServices(LocalService.DYNAMODB, LocalService.S3));
                FleetBucket bucket =
                        FleetBucket.of(
                                aws.endpoints().s3(),
                                aws.endpoints().region(),
                                aws.endpoints().bucket());
                DynamoDbClient dynamo = FleetClients.dynamo(fleet(aws.endpoints()));
                FleetParts services = FleetParts.of(fleet(aws.endpoints()), BUNDLED, true)) {
            copyArchive(bucket);

            WorkItems items =
                    new DynamoWorkItems(
                            dynamo,
                            new MissingTables(dynamo, true)
                                    .ensure(DynamoWorkItems.table("sluice-replays")),
                            InstantSource.system());
            ReplayPlan plan = plan();
            ItemCounts counts =
                    new ReplayRun(
                                    plan,
                                    parts(bucket, services, items),
                                    PastRefusals.none(),
                                    new ItemRun.Terms(Duration.ofSeconds(60), 10),
                                    Duration.ofMillis(100))
                            .run(2, _ -> {});

            assertThat(counts.rows()).isEqualTo(40);
            assertThat(services.queue().depth().waiting()).isEqualTo(counts.files());
            assertThat(items.finished(plan)).hasSize(2);
            assertThat(dynamo.listTables().tableNames())
                    .noneMatch(
                            table ->
                                    List.of("sluice-validator", "sluice-enricher").contains(table));
        }
    }

    private static ReplayParts parts(FleetBucket bucket, FleetParts services, WorkItems items) {
        return new ReplayParts(
                bucket.objects(),
                new ArchiveReader(bucket.objects()),
                services.queue(),
                new LineSteps(
                        services.validate(),
                        services.enrich(),
                        services.rows(),
                        services.layouts()),
                items,
                _ -> {},
                InstantSource.system());
    }

    private static void copyArchive(FleetBucket bucket) {
        ReplayRig rig = new ReplayRig();
        for (int i = 0; i < 40; i++) {
            Instant at = TEN.plusSeconds(i);
            rig.archive("shard-0", at, event("e-" + i, "d-" + i % 7, at));
        }
        try (Stream<ObjectSummary> objects = rig.objects.list("raw/")) {
            objects.forEach(
                    object ->
                            bucket.objects()
                                    .write(
                                            object.key(),
                                            rig.objects.read(object.key()).orElseThrow()));
        }
    }

    private static ReplayPlan plan() {
        return new ReplayPlan(
                "parts",
                TEN,
                TEN.plus(Duration.ofHours(1)),
                Duration.ZERO,
                Duration.ofHours(6),
                2,
                null,
                null,
                Stage.LOAD,
                false,
                Map.of());
    }

    private static FleetEndpoints fleet(LocalEndpoints aws) {
        String nowhere = "http://127.0.0.1:1";
        return new FleetEndpoints(
                nowhere,
                "key",
                "jdbc:redshift://127.0.0.1:1/dev",
                "user",
                "password",
                "local-secret-of-subjects-32-bytes-or-more",
                "local-secret-of-pseudonyms-32-bytes-or-more",
                aws.region(),
                nowhere,
                aws.dynamodb().toString(),
                aws.s3().toString(),
                nowhere,
                aws.bucket(),
                List.of(),
                Map.of());
    }
}
