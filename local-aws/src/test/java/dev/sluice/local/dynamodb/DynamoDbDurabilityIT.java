package dev.sluice.local.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.sluice.local.ChildJvm;
import dev.sluice.local.LocalClients;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

class DynamoDbDurabilityIT {
    private static final int WRITERS = 4;

    @TempDir Path folder;

    @Test
    void keepsRowsAcrossARestart() {
        String table;
        try (var server = DynamoDbServer.start(DynamoDbServerConfig.in(folder));
                var client = LocalClients.dynamoDb(server.endpoint())) {
            var leases = LeaseTable.create(client);
            leases.putNew("shard-1", 1, "first");
            table = leases.name();
        }
        try (var server = DynamoDbServer.start(DynamoDbServerConfig.in(folder));
                var client = LocalClients.dynamoDb(server.endpoint())) {
            assertThat(new LeaseTable(client, table).owner("shard-1", 1)).contains("first");
        }
    }

    @Test
    void keepsAcknowledgedRowsWhenTheProcessIsKilled() throws Exception {
        Set<Integer> acknowledged = ConcurrentHashMap.newKeySet();
        String table;
        try (var child = ChildJvm.run(DynamoDbServerProcess.class, folder.toString());
                var client = LocalClients.dynamoDbWithoutRetries(URI.create(child.nextLine()))) {
            var leases = LeaseTable.create(client);
            table = leases.name();
            killWhileWriting(child, leases, acknowledged);
        }
        try (var server = DynamoDbServer.start(DynamoDbServerConfig.in(folder));
                var client = LocalClients.dynamoDb(server.endpoint())) {
            var leases = new LeaseTable(client, table);
            assertThat(acknowledged)
                    .hasSizeGreaterThanOrEqualTo(300)
                    .allSatisfy(
                            n -> assertThat(leases.owner("shard-" + n, 1)).contains("owner-" + n));
        }
    }

    private static void killWhileWriting(
            ChildJvm child, LeaseTable leases, Set<Integer> acknowledged) throws Exception {
        var enough = new CountDownLatch(300);
        try (var threads = Executors.newFixedThreadPool(WRITERS)) {
            var writers = new ArrayList<Future<?>>();
            for (int w = 0; w < WRITERS; w++) {
                int first = w;
                writers.add(
                        threads.submit(
                                () -> {
                                    for (int n = first; ; n += WRITERS) {
                                        leases.putNew("shard-" + n, 1, "owner-" + n);
                                        acknowledged.add(n);
                                        enough.countDown();
                                    }
                                }));
            }
            assertThat(enough.await(60, TimeUnit.SECONDS)).isTrue();
            child.kill();
            assertThat(writers).allSatisfy(w -> assertThat(w).failsWithin(Duration.ofSeconds(60)));
        }
    }

    @Test
    void refusesAFolderThatAnotherServerUses() {
        try (var server = DynamoDbServer.start(DynamoDbServerConfig.in(folder))) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> DynamoDbServer.start(DynamoDbServerConfig.in(folder)))
                    .withMessageContaining(folder.toString());
            assertThat(LeaseTable.canReach(server.endpoint())).isTrue();
        }
    }

    @Test
    void saysWhichDatabaseIsDamaged() throws IOException {
        Files.writeString(folder.resolve("shared-local-instance.db"), "no database ".repeat(1000));

        assertThatExceptionOfType(RuntimeException.class)
                .isThrownBy(() -> DynamoDbServer.start(DynamoDbServerConfig.in(folder)))
                .withMessageContaining(folder.toString());
    }

    @Test
    void saysNothingOnStandardOutput() throws Exception {
        try (var child = ChildJvm.run(DynamoDbServerProcess.class, folder.toString());
                var client = LocalClients.dynamoDb(URI.create(child.nextLine()))) {
            var leases = LeaseTable.create(client);
            leases.putNew("shard-1", 1, "first");
            assertThatExceptionOfType(ConditionalCheckFailedException.class)
                    .isThrownBy(() -> leases.putNew("shard-1", 1, "second"));
            assertThatExceptionOfType(SdkException.class)
                    .isThrownBy(() -> client.describeTable(r -> r.tableName("no-such-table")));

            assertThat(child.end()).isEmpty();
        }
    }

    @Test
    void cannotSendUsageData() {
        assertThatExceptionOfType(ClassNotFoundException.class)
                .isThrownBy(
                        () ->
                                Class.forName(
                                        "software.amazon.awssdk.services.pinpoint.PinpointClient"));
    }
}
