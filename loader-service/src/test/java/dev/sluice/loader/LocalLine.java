package dev.sluice.loader;

import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.contracts.frame.FrameEncoder;
import dev.sluice.contracts.frame.FrameLimits;
import dev.sluice.local.dynamodb.DynamoDbServer;
import dev.sluice.local.dynamodb.DynamoDbServerConfig;
import dev.sluice.local.kinesis.KinesisServer;
import dev.sluice.local.kinesis.KinesisServerConfig;
import dev.sluice.local.redshift.RedshiftServer;
import dev.sluice.local.redshift.RedshiftServerConfig;
import dev.sluice.local.s3.S3Server;
import dev.sluice.local.s3.S3ServerConfig;
import dev.sluice.runtime.kinesis.S3ObjectStore;
import dev.sluice.runtime.objects.ObjectStore;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.s3.S3Client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/// Everything a loader works with, on this machine, for one test class.
final class LocalLine implements AutoCloseable {

    /// No such table; chosen as the victim of a deadlock.
    private static final Set<String> NOT_YET = Set.of("42P01", "40P01");

    private static final String BUCKET = "lake";
    private static final StaticCredentialsProvider CREDENTIALS =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local"));

    final RedshiftServer warehouse;
    final ObjectStore objects;
    private final KinesisServer streams;
    private final DynamoDbServer tables;
    private final S3Server buckets;
    private final S3Client s3;
    private final KinesisAsyncClient kinesis;

    LocalLine(Path folder) {
        streams = KinesisServer.start(KinesisServerConfig.in(folder.resolve("kinesis")));
        tables = DynamoDbServer.start(DynamoDbServerConfig.inMemory());
        buckets = S3Server.start(S3ServerConfig.in(folder.resolve("s3")).withBuckets(BUCKET));
        s3 =
                S3Client.builder()
                        .endpointOverride(buckets.endpoint())
                        .forcePathStyle(true)
                        .region(Region.US_EAST_1)
                        .credentialsProvider(CREDENTIALS)
                        .build();
        warehouse =
                RedshiftServer.start(RedshiftServerConfig.of(folder.resolve("redshift"), () -> s3));
        objects = new S3ObjectStore(s3, BUCKET, folder, InstantSource.system());
        kinesis =
                KinesisAsyncClient.builder()
                        .endpointOverride(streams.endpoint())
                        .region(Region.US_EAST_1)
                        .credentialsProvider(CREDENTIALS)
                        .httpClientBuilder(
                                NettyNioAsyncHttpClient.builder().protocol(Protocol.HTTP1_1))
                        .build();
    }

    /// A running loader; the later of two settings of a key holds.
    ConfigurableApplicationContext loader(String name, String... more) {
        return new SpringApplicationBuilder(LoaderApplication.class)
                .run(options(name, more).toArray(String[]::new));
    }

    /// A loader in a process of its own, to be killed.
    Process process(String name, Path output, String... more) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(LoaderApplication.class.getName());
        command.addAll(options(name, more));
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> options(String name, String... more) {
        Map<String, String> settings = new LinkedHashMap<>();
        Stream.concat(arguments(name), Arrays.stream(more))
                .map(setting -> setting.split("=", 2))
                .forEach(setting -> settings.put(setting[0], setting[1]));
        return settings.entrySet().stream()
                .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                .toList();
    }

    private Stream<String> arguments(String name) {
        return Stream.of(
                "spring.cloud.aws.region.static=us-east-1",
                "spring.cloud.aws.credentials.access-key=local",
                "spring.cloud.aws.credentials.secret-key=local",
                "spring.cloud.aws.kinesis.endpoint=" + streams.endpoint(),
                "spring.cloud.aws.dynamodb.endpoint=" + tables.endpoint(),
                "spring.cloud.aws.s3.endpoint=" + buckets.endpoint(),
                "spring.cloud.aws.s3.path-style-access-enabled=true",
                "sluice.objects.bucket=" + BUCKET,
                "sluice.kcl.worker=" + name,
                "sluice.kcl.failover-time=1s",
                "sluice.kcl.idle-between-reads=200ms",
                "sluice.kcl.shutdown-timeout=10s",
                "sluice.loader.archive.window=1s",
                "sluice.loader.publish.window=1s",
                "sluice.loader.publish.late-window=2s",
                "sluice.loader.quarantine.window=1s",
                "sluice.loader.derived.window=1s",
                "sluice.loader.identities.interval=200ms",
                "sluice.loader.quarantine.suppressions.create=true",
                "sluice.loader.quarantine.subject-secret=a secret of this line, 32 bytes or more",
                "sluice.loader.tables.create=true",
                "sluice.books.create=true",
                "sluice.loader.books.copy-interval=200ms",
                "sluice.loader.books.check-interval=200ms",
                "sluice.loader.queue.watch-interval=200ms",
                "sluice.loader.leader.lease=2s",
                "sluice.loader.leader.interval=200ms",
                "sluice.loader.warehouse.jdbc-url=" + warehouse.jdbcUrl(),
                "sluice.loader.warehouse.user=" + warehouse.user(),
                "sluice.loader.warehouse.password=" + warehouse.password(),
                "sluice.loader.warehouse.interval=200ms",
                "sluice.loader.warehouse.backoff.max=1s",
                "sluice.loader.warehouse.backoff.busy=1s",
                "sluice.loader.warehouse.backoff.setup=1s",
                "server.address=127.0.0.1",
                "server.port=0");
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

    static byte[] frame(SectionedEvent... events) {
        return new FrameEncoder(FrameLimits.DEFAULT, 50_000, new UUID(1, 2), InstantSource.system())
                .encode(List.of(events))
                .getFirst();
    }

    /// The rows of a query, columns with `|` between them; empty while there is no such table, or
    /// while it is being made and the query stands in its way.
    List<String> query(String sql) {
        try (Connection connection =
                        DriverManager.getConnection(
                                warehouse.jdbcUrl(), warehouse.user(), warehouse.password());
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<String> rows = new ArrayList<>();
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.add(String.valueOf(result.getString(i)));
                }
                rows.add(String.join("|", row));
            }
            return rows;
        } catch (SQLException e) {
            if (NOT_YET.contains(String.valueOf(e.getSQLState()))) {
                return List.of();
            }
            throw new IllegalStateException("query failed: " + sql, e);
        }
    }

    static String get(ConfigurableApplicationContext service, String endpoint) {
        String port = service.getEnvironment().getProperty("local.server.port");
        URI uri = URI.create("http://127.0.0.1:" + port + "/actuator/" + endpoint);
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request =
                    HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(20)).build();
            return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new UncheckedIOException("no answer from " + uri, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        kinesis.close();
        streams.close();
        tables.close();
        warehouse.close();
        s3.close();
        buckets.close();
    }
}
