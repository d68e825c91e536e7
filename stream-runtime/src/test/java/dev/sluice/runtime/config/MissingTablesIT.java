package dev.sluice.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.local.dynamodb.DynamoDbServer;
import dev.sluice.local.dynamodb.DynamoDbServerConfig;
import dev.sluice.runtime.books.DynamoBooks;

import org.junit.jupiter.api.Test;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveDescription;

import java.util.List;
import java.util.stream.IntStream;

class MissingTablesIT {

    @Test
    void severalTasksMakeOneTableWhoseItemsGoAfterTheirTime() {
        try (DynamoDbServer server = DynamoDbServer.start(DynamoDbServerConfig.inMemory());
                DynamoDbClient client = client(server)) {
            List<String> names =
                    IntStream.range(0, 4)
                            .parallel()
                            .mapToObj(task -> new MissingTables(client, true))
                            .map(tables -> tables.ensure(DynamoBooks.table("books"), "expires"))
                            .toList();

            assertThat(names).containsOnly("books");
            assertThat(client.listTables().tableNames()).containsExactly("books");
            TimeToLiveDescription life =
                    client.describeTimeToLive(d -> d.tableName("books")).timeToLiveDescription();
            assertThat(life.attributeName()).isEqualTo("expires");
        }
    }

    @Test
    void leavesTablesAloneWhereTheyAreDeployed() {
        try (DynamoDbServer server = DynamoDbServer.start(DynamoDbServerConfig.inMemory());
                DynamoDbClient client = client(server)) {
            new MissingTables(client, false).ensure(DynamoBooks.table("books"), "expires");

            assertThat(client.listTables().tableNames()).isEmpty();
        }
    }

    private static DynamoDbClient client(DynamoDbServer server) {
        return DynamoDbClient.builder()
                .endpointOverride(server.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(
                        StaticCredentialsProvider.create(
                                AwsBasicCredentials.create("local", "local")))
                .build();
    }
}
