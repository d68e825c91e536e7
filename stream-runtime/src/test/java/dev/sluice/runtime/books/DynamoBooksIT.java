package dev.sluice.runtime.books;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.local.dynamodb.DynamoDbServer;
import dev.sluice.local.dynamodb.DynamoDbServerConfig;
import dev.sluice.runtime.failure.SetupFailure;
import dev.sluice.runtime.failure.TransientFailure;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Predicate;

class DynamoBooksIT extends BooksStoreKit {

    private static final Duration KEEP = Duration.ofDays(35);

    private static DynamoDbServer server;
    private static DynamoDbAsyncClient client;
    private static volatile Predicate<String> cut = page -> false;

    private String table;
    private BooksStore store;

    @BeforeAll
    static void start() {
        server = DynamoDbServer.start(DynamoDbServerConfig.inMemory());
        client =
                DynamoDbAsyncClient.builder()
                        .endpointOverride(server.endpoint())
                        .region(Region.US_EAST_1)
                        .credentialsProvider(
                                StaticCredentialsProvider.create(
                                        AwsBasicCredentials.create("local", "local")))
                        .overrideConfiguration(
                                o ->
                                        o.apiCallTimeout(Duration.ofSeconds(10))
                                                .addExecutionInterceptor(new Wire()))
                        .build();
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    @BeforeEach
    void create() {
        table = "books-" + UUID.randomUUID();
        client.createTable(DynamoBooks.table(table)).join();
        client.waiter().waitUntilTableExists(wait -> wait.tableName(table)).join();
        store = new DynamoBooks(client, table, KEEP, this::now);
    }

    @AfterEach
    void mend() {
        cut = page -> false;
    }

    @Override
    protected BooksStore store() {
        return store;
    }

    @Override
    protected void goAway() {
        cut = page -> true;
    }

    @Test
    void oneFailureDoesNotKeepTheOthersOut() {
        cut = page -> page.contains("/2/0");

        assertThatThrownBy(
                        () ->
                                store.put(
                                        List.of(
                                                Pages.page("1", "5", 1),
                                                Pages.page("2", "5", 1),
                                                Pages.page("3", "5", 1))))
                .isInstanceOf(TransientFailure.class)
                .hasMessageContaining(table);

        assertThat(changedSince(now()))
                .containsExactlyInAnyOrder(Pages.page("1", "5", 1), Pages.page("3", "5", 1));
    }

    @Test
    void aPageIsNotSeenBeforeAllItsTenantsAreStored() {
        cut = page -> page.endsWith("/1");

        assertThatThrownBy(() -> store.put(List.of(Pages.wide(1500, "5", 1))))
                .isInstanceOf(TransientFailure.class);

        assertThat(changedSince(now())).isEmpty();

        mend();
        store.put(List.of(Pages.wide(1500, "5", 1)));

        assertThat(changedSince(now())).containsExactly(Pages.wide(1500, "5", 1));
    }

    @Test
    void itemsGoAfterTheirTime() {
        store.put(List.of(Pages.wide(1500, "5", 1)));

        assertThat(client.scan(scan -> scan.tableName(table)).join().items())
                .hasSize(2)
                .allSatisfy(
                        item ->
                                assertThat(
                                                Objects.requireNonNull(
                                                                item.get(DynamoBooks.expiry()))
                                                        .n())
                                        .isEqualTo(
                                                String.valueOf(now().plus(KEEP).getEpochSecond())));
    }

    @Test
    void aMissingTableIsASetupFailureThatNamesIt() {
        BooksStore nowhere = new DynamoBooks(client, "not-there", KEEP, this::now);

        assertThatThrownBy(() -> nowhere.put(List.of(Pages.page("1", "2", 1))))
                .isInstanceOf(SetupFailure.class)
                .hasMessageContaining("table not-there");
        assertThatThrownBy(() -> nowhere.changedSince(now(), pages -> {}))
                .isInstanceOf(SetupFailure.class);
    }

    /// Cuts the wire for some calls.
    private static final class Wire implements ExecutionInterceptor {
        @Override
        public void beforeTransmission(
                Context.BeforeTransmission context, ExecutionAttributes attributes) {
            String page =
                    context.request() instanceof PutItemRequest put
                            ? Objects.requireNonNull(put.item().get(BookItem.KEY)).s()
                            : "";
            if (cut.test(page)) {
                throw SdkClientException.create("the wire is cut");
            }
        }
    }
}
