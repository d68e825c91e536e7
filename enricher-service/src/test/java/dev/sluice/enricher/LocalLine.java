package dev.sluice.enricher;

import dev.sluice.local.dynamodb.DynamoDbServer;
import dev.sluice.local.dynamodb.DynamoDbServerConfig;
import dev.sluice.local.eventbridge.EventBridgeServer;
import dev.sluice.local.eventbridge.EventBridgeServerConfig;
import dev.sluice.local.kinesis.KinesisServer;
import dev.sluice.local.kinesis.KinesisServerConfig;
import dev.sluice.local.s3.S3Faults;
import dev.sluice.local.s3.S3Server;
import dev.sluice.local.s3.S3ServerConfig;
import dev.sluice.runtime.kinesis.LocalClients;
import dev.sluice.runtime.kinesis.S3ObjectStore;
import dev.sluice.runtime.objects.ObjectStore;
import dev.sluice.runtime.reference.StoredFiles;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.awssdk.services.s3.S3Client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Kinesis, DynamoDB, S3 and EventBridge of this machine, for one test class.
final class LocalLine implements AutoCloseable {

    private static final String BUCKET = "lake";

    final KinesisAsyncClient kinesis;
    private final KinesisServer streams;
    private final DynamoDbServer tables;
    private final S3Server objects;
    private final EventBridgeServer events;
    private final S3Client s3;
    private final Path folder;

    LocalLine(Path folder) {
        this.folder = folder;
        streams = KinesisServer.start(KinesisServerConfig.in(folder.resolve("kinesis")));
        tables = DynamoDbServer.start(DynamoDbServerConfig.inMemory());
        objects = S3Server.start(S3ServerConfig.in(folder.resolve("s3")).withBuckets(BUCKET));
        s3 = LocalClients.s3(objects.endpoint());
        events = EventBridgeServer.start(EventBridgeServerConfig.in(folder.resolve("events")));
        kinesis =
                KinesisAsyncClient.builder()
                        .endpointOverride(streams.endpoint())
                        .region(Region.US_EAST_1)
                        .credentialsProvider(
                                StaticCredentialsProvider.create(
                                        AwsBasicCredentials.create("local", "local")))
                        .httpClientBuilder(
                                NettyNioAsyncHttpClient.builder().protocol(Protocol.HTTP1_1))
                        .build();
    }

    /// What a service needs to know to work here, with timing for a test; as arguments, since those
    /// win over `application.yml`.
    String[] arguments() {
        return new String[] {
            "--spring.cloud.aws.region.static=us-east-1",
            "--spring.cloud.aws.credentials.access-key=local",
            "--spring.cloud.aws.credentials.secret-key=local",
            "--spring.cloud.aws.kinesis.endpoint=" + streams.endpoint(),
            "--spring.cloud.aws.dynamodb.endpoint=" + tables.endpoint(),
            "--spring.cloud.aws.s3.endpoint=" + objects.endpoint(),
            "--spring.cloud.aws.eventbridge.endpoint=" + events.endpoint(),
            "--spring.cloud.aws.s3.path-style-access-enabled=true",
            "--sluice.objects.bucket=" + BUCKET,
            "--sluice.books.create=true",
            "--sluice.enricher.pii.secret=" + "s".repeat(32),
            "--sluice.enricher.identity.create=true",
            "--sluice.enricher.identity.subject-secret=a secret of 32 bytes or more, or so",
            "--sluice.kcl.failover-time=1s",
            "--sluice.kcl.idle-between-reads=200ms",
            "--sluice.kcl.shutdown-timeout=5s",
            "--sluice.publisher.deadline=1s",
            "--server.address=127.0.0.1",
            "--server.port=0"
        };
    }

    void createStream(String name) {
        kinesis.createStream(request -> request.streamName(name).shardCount(1)).join();
        kinesis.waiter().waitUntilStreamExists(request -> request.streamName(name)).join();
    }

    void put(String stream, byte[] data) {
        kinesis.putRecord(
                        request ->
                                request.streamName(stream)
                                        .partitionKey("p")
                                        .data(SdkBytes.fromByteArray(data)))
                .join();
    }

    /// The records of a stream of one shard, from the first.
    List<byte[]> records(String stream) {
        String shard =
                kinesis.listShards(request -> request.streamName(stream))
                        .join()
                        .shards()
                        .getFirst()
                        .shardId();
        String iterator =
                kinesis.getShardIterator(
                                request ->
                                        request.streamName(stream)
                                                .shardId(shard)
                                                .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                        .join()
                        .shardIterator();
        return kinesis
                .getRecords(request -> request.shardIterator(iterator))
                .join()
                .records()
                .stream()
                .map(Record::data)
                .map(SdkBytes::asByteArray)
                .toList();
    }

    EventBridgeServer events() {
        return events;
    }

    S3Faults objectFaults() {
        return objects.faults();
    }

    /// Puts an object there, in place of one of that key.
    void putObject(String key, byte[] content) {
        s3.putObject(put -> put.bucket(BUCKET).key(key), RequestBody.fromBytes(content));
    }

    /// Adds contracts to those that are published below `contracts/`.
    void publishContracts(Map<String, byte[]> files) {
        ObjectStore lake = new S3ObjectStore(s3, BUCKET, folder, InstantSource.system());
        new StoredFiles(lake, "contracts/").publish(files);
    }

    /// The objects below a prefix.
    List<Path> objects(String prefix) throws IOException {
        Path root = objects.directory().resolve(BUCKET).resolve(prefix);
        if (!Files.exists(root)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    @Override
    public void close() {
        kinesis.close();
        s3.close();
        streams.close();
        tables.close();
        objects.close();
        events.close();
    }
}
