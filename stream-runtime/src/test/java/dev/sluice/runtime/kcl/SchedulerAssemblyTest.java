package dev.sluice.runtime.kcl;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sluice.runtime.stream.StreamName;

import org.junit.jupiter.api.Test;

import software.amazon.awssdk.services.cloudwatch.model.PutMetricDataRequest;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.kinesis.metrics.MetricsLevel;

class SchedulerAssemblyTest {

    @Test
    void wantsACloudWatchClientOnlyWhenMetricsAreOn() {
        KclTuning base = KclTuning.DEFAULT;
        KclTuning measured =
                new KclTuning(
                        base.failoverTime(),
                        base.idleBetweenReads(),
                        base.maxRecordsPerRead(),
                        base.checkpointInterval(),
                        base.shutdownTimeout(),
                        base.stuckAfter(),
                        base.dispatchInterval(),
                        base.parentPollInterval(),
                        base.leasesToStealAtOnce(),
                        base.seedLeases(),
                        MetricsLevel.SUMMARY);
        KclClients clients = new KclClients(new NoKinesis(), new NoDynamo());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SchedulerAssembly(config(measured), clients))
                .withMessageContaining("CloudWatch");
        new SchedulerAssembly(config(base), clients);
    }

    @Test
    void failsEveryCallOfTheClientThatIsNotThere() {
        try (NoCloudWatch absent = new NoCloudWatch()) {
            assertThatExceptionOfType(UnsupportedOperationException.class)
                    .isThrownBy(() -> absent.putMetricData(PutMetricDataRequest.builder().build()));
        }
    }

    private static KclConsumerConfig config(KclTuning tuning) {
        return KclConsumerConfig.of("reader", new StreamName("orders"), tuning);
    }

    private static final class NoKinesis implements KinesisAsyncClient {
        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {}
    }

    private static final class NoDynamo implements DynamoDbAsyncClient {
        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {}
    }
}
