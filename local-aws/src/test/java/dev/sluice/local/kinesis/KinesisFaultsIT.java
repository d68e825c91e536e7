package dev.sluice.local.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.ExpiredIteratorException;
import software.amazon.awssdk.services.kinesis.model.KinesisException;
import software.amazon.awssdk.services.kinesis.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/// Faults on request, as a client meets them.
final class KinesisFaultsIT {

    private static final String SHARD = "shardId-000000000000";
    private static final String OTHER = "shardId-000000000001";

    private KinesisServer server;
    private KinesisClient client;
    private Probe probe;

    @BeforeEach
    void start(@TempDir Path data) {
        server = KinesisServer.start(KinesisServerConfig.in(data));
        client = Clients.sync(server.endpoint());
        probe = new Probe(client);
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private PutRecordsResponse putTwenty(String stream) {
        List<PutRecordsRequestEntry> entries =
                IntStream.range(0, 20).mapToObj(i -> Probe.entry("k" + i, "v" + i)).toList();
        return client.putRecords(b -> b.streamName(stream).records(entries));
    }

    private long written(String stream) {
        return probe.shards(stream).stream()
                .mapToLong(s -> probe.readAll(probe.horizon(stream, s.shardId())).size())
                .sum();
    }

    @Test
    void throttlesOneShardOfABatch() {
        String stream = probe.stream(2);
        server.faults().add(FaultRule.always(new FaultAction.Throttle()).onShard(SHARD));
        PutRecordsResponse answer = putTwenty(stream);
        assertThat(answer.failedRecordCount()).isBetween(1, 19);
        assertThat(answer.records())
                .filteredOn(r -> r.errorCode() == null)
                .allMatch(r -> r.shardId().equals(OTHER));
        assertThat(answer.records())
                .filteredOn(r -> r.errorCode() != null)
                .allMatch(r -> r.errorCode().equals("ProvisionedThroughputExceededException"));
        assertThatExceptionOfType(ProvisionedThroughputExceededException.class)
                .isThrownBy(() -> probe.horizon(stream, SHARD));
        server.faults().clear();
        assertThat(written(stream)).isEqualTo(20 - answer.failedRecordCount());
    }

    @Test
    void failsSomeRecordsOfABatch() {
        String stream = probe.stream(1);
        server.faults().add(FaultRule.always(new FaultAction.FailRecords(7)).times(1));
        PutRecordsResponse answer = putTwenty(stream);
        assertThat(answer.failedRecordCount()).isEqualTo(7);
        assertThat(answer.records())
                .filteredOn(r -> "InternalFailure".equals(r.errorCode()))
                .hasSize(7);
        assertThat(putTwenty(stream).failedRecordCount()).isZero();
        assertThat(written(stream)).isEqualTo(33);
    }

    @Test
    void failsACallWithoutEffect() {
        String stream = probe.stream(1);
        server.faults()
                .add(
                        FaultRule.always(new FaultAction.Fail(500, "InternalFailure"))
                                .onOperation("PutRecords")
                                .onStream(stream)
                                .times(1));
        assertThatExceptionOfType(KinesisException.class)
                .isThrownBy(() -> putTwenty(stream))
                .satisfies(e -> assertThat(e.statusCode()).isEqualTo(500));
        assertThat(written(stream)).isZero();
        assertThat(putTwenty(stream).failedRecordCount()).isZero();
    }

    @Test
    void failsWithAnyErrorOfTheService() {
        String stream = probe.stream(1);
        server.faults()
                .add(
                        FaultRule.always(new FaultAction.Fail(400, "ExpiredIteratorException"))
                                .onOperation("GetRecords")
                                .onShard(SHARD));
        assertThatExceptionOfType(ExpiredIteratorException.class)
                .isThrownBy(() -> probe.get(probe.horizon(stream, SHARD)));
    }

    @Test
    void dropsTheAnswerAfterTheEffect() {
        String stream = probe.stream(1);
        server.faults().add(FaultRule.always(new FaultAction.DropAnswer()).times(1));
        assertThatExceptionOfType(SdkClientException.class).isThrownBy(() -> putTwenty(stream));
        assertThat(written(stream)).isEqualTo(20);
    }

    @Test
    void delaysTheAnswer() {
        String stream = probe.stream(1);
        server.faults()
                .add(FaultRule.always(new FaultAction.Delay(Duration.ofMillis(300))).times(1));
        long start = System.nanoTime();
        putTwenty(stream);
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isGreaterThanOrEqualTo(Duration.ofMillis(300));
    }

    @Test
    void strikesByChance() {
        String stream = probe.stream(1);
        server.faults()
                .add(
                        FaultRule.always(new FaultAction.Throttle())
                                .onOperation("PutRecords")
                                .withProbability(0.5));
        int failed = 0;
        for (int i = 0; i < 10; i++) {
            failed += putTwenty(stream).failedRecordCount();
        }
        assertThat(failed).isBetween(50, 150);
        assertThat(server.faults().strikes().getFirst().struck()).isEqualTo(failed);
    }

    @Test
    void isSteeredOverHttp() throws Exception {
        String stream = probe.stream(1);
        String rules =
                """
                {"rules":[{"operation":"PutRecords","stream":"%s","action":"failRecords","count":3,"times":1}]}
                """
                        .formatted(stream);
        assertThat(admin("PUT", rules).statusCode()).isEqualTo(200);
        assertThat(putTwenty(stream).failedRecordCount()).isEqualTo(3);
        assertThat(admin("GET", "").body()).contains("\"struck\":1").contains(stream);
        assertThat(admin("DELETE", "").body()).isEqualTo("{\"rules\":[]}");
        assertThat(server.faults().strikes()).isEmpty();
    }

    @Test
    void refusesRulesThatAreNone() throws Exception {
        assertThat(admin("PUT", "{}").statusCode()).isEqualTo(400);
        assertThat(admin("PUT", "nonsense").statusCode()).isEqualTo(400);
        HttpResponse<String> unknown = admin("PUT", "{\"rules\":[{\"action\":\"explode\"}]}");
        assertThat(unknown.statusCode()).isEqualTo(400);
        assertThat(unknown.body()).contains("explode");
        assertThat(admin("PUT", "{\"rules\":[{\"action\":\"throttle\",\"probability\":2}]}").body())
                .contains("probability");
        assertThat(admin("POST", "").statusCode()).isEqualTo(405);
    }

    private HttpResponse<String> admin(String method, String body)
            throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(server.endpoint().resolve("/_admin/kinesis/faults"))
                            .version(HttpClient.Version.HTTP_1_1)
                            .method(method, HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }
}
