package dev.sluice.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.cli.SluiceRun;
import dev.sluice.contracts.event.Bytes;
import dev.sluice.contracts.event.EventId;
import dev.sluice.contracts.event.Receipt;
import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.contracts.event.SourceId;
import dev.sluice.contracts.event.TenantId;
import dev.sluice.contracts.frame.FrameEncoder;
import dev.sluice.contracts.frame.FrameLimits;
import dev.sluice.contracts.stream.Streams;
import dev.sluice.fleet.FleetBucket;
import dev.sluice.fleet.FleetClients;
import dev.sluice.fleet.FleetConfig;
import dev.sluice.fleet.FleetEndpoints;
import dev.sluice.fleet.LocalFleet;
import dev.sluice.local.s3.S3FaultRule;
import dev.sluice.local.s3.S3Operation;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;

/// Two persons send good events and bad ones. One is erased, with the warehouse and then the bucket
/// failing in the middle: quarantine, sessions and links between ids have nothing of her and all of
/// the other, late copies of her events come to nothing, what she sends later passes, and the books
/// balance. Her ids are e-mail addresses, for which pseudonyms stand in the warehouse.
class ErasureIT {

    private static final int OF_A_KIND = 8;
    private static final String PURCHASE =
            "{\"order_id\":\"o\",\"total\":\"much\",\"currency\":\"EUR\",\"products\":[{\"product_id\":\"p\",\"quantity\":1}]}";
    private static final String ANN = "ann.of@the.erasure.example";
    private static final String BOB = "bob.of.the.erasure";
    private static final String BOOKS =
            "SELECT SUM(loaded), SUM(quarantined), SUM(suppressed), SUM(ABS(difference)) FROM"
                    + " pipeline_books";

    private static final String DERIVED =
            "SELECT (SELECT COUNT(*) FROM sessions), (SELECT COUNT(*) FROM identities), (SELECT"
                    + " COUNT(*) FROM identity_persons)";

    @TempDir static Path folder;

    private final Path data = folder.resolve("data");

    @Test
    void anErasedPersonLeavesTheQuarantineAndStaysAway() throws Exception {
        try (LocalFleet fleet = LocalFleet.start(FleetConfig.of(data, 0), step -> {});
                FleetClient client = new FleetClient(fleet.endpoints());
                FleetBucket bucket = FleetBucket.of(fleet.endpoints())) {
            Instant before = Instant.now().truncatedTo(ChronoUnit.MICROS);
            post(client, ANN);
            post(client, BOB);
            int each = OF_A_KIND * 3;
            balance(client, OF_A_KIND * 2, each * 2, 0);
            run(
                    "quarantine",
                    "fix",
                    "--type",
                    "purchase",
                    "--set",
                    "/properties/total=1",
                    "--apply");
            int good = OF_A_KIND * 2 + goOnUntilTheirSessionsAreReported(client);
            List<String> ofBob = lines(bucket, BOB);
            assertThat(lines(bucket, ANN)).hasSameSizeAs(ofBob).hasSizeGreaterThan(each);

            assertThat(erase("--dry-run").out())
                    .contains("quarantine: 24 records")
                    .contains("8 files")
                    .contains("user_id " + ANN, "anonymous_id phone.of." + ANN)
                    .doesNotContain(BOB)
                    .contains("nothing is changed")
                    .contains("not covered: the table of events");
            assertThat(erase("--most-records", "26").err()).contains("27 records match");
            assertThat(run("erase", "--tenant", "demo").err()).startsWith("say whom");
            balance(client, good, each * 2, 0);
            fails(fleet);
            SluiceRun erased = erase();
            assertThat(erased.err()).isEmpty();
            assertThat(erased.out())
                    .contains("24 records")
                    .contains("8 files")
                    .contains("verified")
                    .contains("sessions: 1 records", "identities: 2 records");

            assertThat(ids(fleet.endpoints())).containsExactlyInAnyOrder(BOB, "phone.of." + BOB);
            assertThat(lines(bucket, ANN)).isEmpty();
            assertThat(lines(bucket, BOB)).containsExactlyElementsOf(ofBob);
            assertThat(rows(client)).containsExactly(BOB + "|24");
            balance(client, good, each, each);
            assertThat(ofSomebody(client)).containsOnly(BOB, "phone.of." + BOB);

            sendAgain(fleet.endpoints(), before);
            balance(client, good, each, each + 2);
            client.post("[" + good(ANN, 99) + "]");
            balance(client, good + 1, each, each + 2);
            assertThat(lines(bucket, ANN)).isEmpty();
            assertThat(ofSomebody(client))
                    .as("her session goes on, and its reports are dropped")
                    .containsOnly(BOB, "phone.of." + BOB);
            assertThat(run("quarantine", "replay", "--type", "purchase").out())
                    .startsWith("8 of 8 sent");
            balance(client, good + OF_A_KIND + 1, each - OF_A_KIND, each + 2);
        }
    }

    /// A session is reported when a later event of its shard comes.
    ///
    /// @return events posted
    private static int goOnUntilTheirSessionsAreReported(FleetClient client) {
        AtomicInteger more = new AtomicInteger();
        await().atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofSeconds(2))
                .until(
                        () -> {
                            int n = 50 + more.getAndAdd(2);
                            client.post("[" + good(ANN, n) + "," + good(BOB, n) + "]");
                            return client.query(DERIVED);
                        },
                        found -> found.equals(List.of("2|2|2")));
        return more.get();
    }

    /// Neither outage leaves a half: the second run ends what the first began.
    private void fails(LocalFleet fleet) {
        fleet.aws().redshift().faults().fillDisk();
        SluiceRun noSpace = erase();
        assertThat(noSpace.exit()).isEqualTo(1);
        assertThat(noSpace.err()).contains("quarantined_events: the warehouse failed");
        fleet.aws().redshift().faults().clear();

        fleet.aws()
                .s3()
                .faults()
                .add(
                        S3FaultRule.always(S3FaultRule.Kind.FAIL)
                                .on(S3Operation.PUT)
                                .under("quarantine/"));
        SluiceRun noBucket = erase();
        assertThat(noBucket.exit()).isEqualTo(1);
        assertThat(noBucket.err()).contains("/quarantine/dt=").doesNotContain(ANN);
        fleet.aws().s3().faults().clear();
    }

    private static void post(FleetClient client, String user)
            throws IOException, InterruptedException {
        List<String> events = new ArrayList<>();
        for (int i = 0; i < OF_A_KIND; i++) {
            events.add(good(user, i));
            events.add(event(user, "p" + i, "purchase", PURCHASE));
            events.add(event(user, "t" + i, "tap", "{}"));
            events.add(
                    event(user, "d" + i, "page_view", "{}")
                            .replace(
                                    "{\"user_id",
                                    "{\"event_ts\":\"2001-01-01T00:00:00Z\",\"user_id"));
        }
        assertThat(client.post("[" + String.join(",", events) + "]").statusCode()).isEqualTo(200);
    }

    private static String good(String user, int i) {
        return event(user, "g" + i, "page_view", "{}")
                .replace(
                        "{\"user_id",
                        "{\"anonymous_id\":\"phone.of.%s\",\"user_id".formatted(user));
    }

    private static String event(String user, String id, String type, String properties) {
        return "{\"user_id\":\"%s\",\"event_id\":\"%s-%s\",\"event_type\":\"%s\",\"properties\":%s}"
                .formatted(user, user.substring(0, 3), id, type, properties);
    }

    private static void balance(FleetClient client, int loaded, int quarantined, int suppressed)
            throws SQLException, InterruptedException {
        String balanced = "%d|%d|%d|0".formatted(loaded, quarantined, suppressed);
        assertThat(client.await(BOOKS, found -> found.equals(List.of(balanced))))
                .containsExactly(balanced);
    }

    /// Every id in the store of ids.
    private static List<String> ids(FleetEndpoints fleet) {
        try (DynamoDbClient dynamo = FleetClients.dynamo(fleet)) {
            return dynamo.scan(scan -> scan.tableName("sluice-identities")).items().stream()
                    .map(item -> Objects.requireNonNull(item.get("id_value")).s())
                    .toList();
        }
    }

    private static List<String> rows(FleetClient client) throws SQLException {
        return client.query(
                "SELECT user_id, COUNT(*) FROM quarantined_events GROUP BY 1 ORDER BY 1");
    }

    /// Every id in the tables of what was made of events.
    private static List<String> ofSomebody(FleetClient client) throws SQLException {
        return client.query(
                "SELECT user_id FROM sessions UNION ALL SELECT anonymous_id FROM sessions UNION ALL"
                        + " SELECT id FROM identities UNION ALL SELECT id FROM identity_persons");
    }

    /// A good event and a bad one of hers as a replay of the raw stream brings them.
    private static void sendAgain(FleetEndpoints fleet, Instant receivedTs) {
        List<SectionedEvent> events = new ArrayList<>();
        for (String type : List.of("page_view", "tap")) {
            Receipt receipt =
                    new Receipt(
                            new EventId("late-" + type),
                            new TenantId("demo"),
                            new SourceId("demo-shop"),
                            receivedTs,
                            "demo/" + ANN,
                            null,
                            null,
                            null);
            events.add(
                    SectionedEvent.received(
                            receipt.encode(), Bytes.utf8(event(ANN, "late", type, "{}"))));
        }
        byte[] frame =
                new FrameEncoder(
                                FrameLimits.DEFAULT,
                                1 << 20,
                                UUID.randomUUID(),
                                InstantSource.system())
                        .encode(events)
                        .getFirst();
        try (KinesisAsyncClient kinesis = FleetClients.kinesis(fleet)) {
            kinesis.putRecord(
                            put ->
                                    put.streamName(Streams.RAW)
                                            .partitionKey("p")
                                            .data(SdkBytes.fromByteArray(frame)))
                    .join();
        }
    }

    /// Every line with that text in any object of the quarantine.
    private static List<String> lines(FleetBucket bucket, String text) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String prefix :
                List.of("quarantine/", "quarantine-mended/", "quarantine-originals/")) {
            for (var object : bucket.objects().list(prefix).toList()) {
                byte[] content = bucket.objects().read(object.key()).orElseThrow();
                if (object.key().endsWith(".gz")) {
                    content = new GZIPInputStream(new ByteArrayInputStream(content)).readAllBytes();
                }
                new String(content, StandardCharsets.UTF_8)
                        .lines()
                        .filter(line -> line.contains(text))
                        .forEach(lines::add);
            }
        }
        return lines;
    }

    private SluiceRun erase(String... more) {
        List<String> words =
                new ArrayList<>(
                        List.of("erase", "--tenant", "demo", "--user", ANN, "--settle", "5s"));
        words.addAll(List.of(more));
        return run(words.toArray(String[]::new));
    }

    private SluiceRun run(String... arguments) {
        List<String> words = new ArrayList<>(List.of(arguments));
        words.addAll(1, List.of("--data", data.toString()));
        return SluiceRun.of(words.toArray(String[]::new));
    }
}
