package dev.sluice.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.runtime.health.HealthReport;
import dev.sluice.runtime.kcl.KclClients;
import dev.sluice.runtime.kcl.KclTuning;
import dev.sluice.runtime.stream.AckToken;
import dev.sluice.runtime.stream.ShardHandlerFactory;
import dev.sluice.runtime.stream.StreamName;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;

import java.time.InstantSource;

class KclConsumersTest {

    private static final StreamName STREAM = new StreamName("s");
    private static final ShardHandlerFactory HANDLERS = _ -> _ -> AckToken.none();

    private final KinesisAsyncClient kinesis =
            KinesisAsyncClient.builder()
                    .region(Region.US_EAST_1)
                    .credentialsProvider(AnonymousCredentialsProvider.create())
                    .build();
    private final DynamoDbAsyncClient dynamo =
            DynamoDbAsyncClient.builder()
                    .region(Region.US_EAST_1)
                    .credentialsProvider(AnonymousCredentialsProvider.create())
                    .build();
    private final KclConsumers consumers =
            new KclConsumers(
                    "task",
                    KclTuning.DEFAULT,
                    new KclClients(kinesis, dynamo, null),
                    new SimpleMeterRegistry(),
                    InstantSource.system());

    @AfterEach
    void close() {
        kinesis.close();
        dynamo.close();
    }

    @Test
    void aConsumerThatTheServiceCanDoWithoutLeavesItUpAndSaysWhatIsWrong() {
        HealthReport optional = consumers.createOptional("aside", STREAM, HANDLERS).health();

        assertThat(optional.up()).isTrue();
        assertThat(optional.why()).isEqualTo("degraded: aside on stream s: not started");
        assertThat(consumers.health().up()).isTrue();
        assertThat(consumers.health().why()).isEqualTo(optional.why());
    }

    @Test
    void anyOtherConsumerTakesItDown() {
        consumers.createOptional("aside", STREAM, HANDLERS);
        consumers.create("needed", STREAM, HANDLERS);

        assertThat(consumers.health().up()).isFalse();
        assertThat(consumers.health().why())
                .contains("degraded: aside")
                .contains("needed on stream s: not started");
    }
}
