package dev.sluice.local.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.local.Poll;

import org.junit.jupiter.api.Test;

import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.InvalidArgumentException;
import software.amazon.awssdk.services.kinesis.model.KinesisException;
import software.amazon.awssdk.services.kinesis.model.ListShardsResponse;
import software.amazon.awssdk.services.kinesis.model.ListStreamsResponse;
import software.amazon.awssdk.services.kinesis.model.ResourceInUseException;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.StreamDescriptionSummary;
import software.amazon.awssdk.services.kinesis.model.StreamMode;
import software.amazon.awssdk.services.kinesis.model.Tag;

import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What must hold for streams as a whole: names, listings, tags, retention, errors.
interface StreamContract {

    KinesisClient client();

    default Probe probe() {
        return new Probe(client());
    }

    @Test
    default void coversTheHashSpaceWithItsShards() {
        List<Shard> shards = probe().shards(probe().stream(3));
        BigInteger next = BigInteger.ZERO;
        for (Shard shard : shards) {
            assertThat(shard.hashKeyRange().startingHashKey()).isEqualTo(next.toString());
            next = new BigInteger(shard.hashKeyRange().endingHashKey()).add(BigInteger.ONE);
        }
        assertThat(next).isEqualTo(BigInteger.TWO.pow(128));
        assertThat(shards)
                .extracting(Shard::shardId)
                .containsExactly(
                        "shardId-000000000000", "shardId-000000000001", "shardId-000000000002");
    }

    @Test
    default void summarisesAStream() {
        String stream = probe().stream(2);
        StreamDescriptionSummary summary =
                client().describeStreamSummary(b -> b.streamName(stream))
                        .streamDescriptionSummary();
        assertThat(summary.openShardCount()).isEqualTo(2);
        assertThat(summary.retentionPeriodHours()).isEqualTo(24);
        assertThat(summary.streamARN())
                .isEqualTo("arn:aws:kinesis:us-east-1:000000000000:stream/" + stream);
        assertThat(summary.streamModeDetails().streamMode()).isEqualTo(StreamMode.PROVISIONED);
    }

    @Test
    default void findsAStreamByItsArn() {
        String stream = probe().stream(1);
        String arn = "arn:aws:kinesis:us-east-1:000000000000:stream/" + stream;
        assertThat(client().listShards(b -> b.streamARN(arn)).shards()).hasSize(1);
        assertThat(
                        client().describeStreamSummary(b -> b.streamARN(arn))
                                .streamDescriptionSummary()
                                .streamName())
                .isEqualTo(stream);
    }

    @Test
    default void refusesAnUnknownStream() {
        assertThatExceptionOfType(ResourceNotFoundException.class)
                .isThrownBy(() -> client().describeStreamSummary(b -> b.streamName("nowhere")))
                .withMessageContaining("nowhere")
                .satisfies(e -> assertThat(e.statusCode()).isEqualTo(400))
                .satisfies(e -> assertThat(e.requestId()).isNotBlank());
        assertThatExceptionOfType(ResourceNotFoundException.class)
                .isThrownBy(() -> probe().put("nowhere", "k", "v"));
    }

    @Test
    default void refusesANameThatIsTaken() {
        String stream = probe().stream(1);
        assertThatExceptionOfType(ResourceInUseException.class)
                .isThrownBy(() -> client().createStream(b -> b.streamName(stream).shardCount(1)))
                .withMessageContaining(stream);
    }

    @Test
    default void refusesANameThatIsNone() {
        assertThatExceptionOfType(KinesisException.class)
                .isThrownBy(() -> client().createStream(b -> b.streamName("a b").shardCount(1)))
                .satisfies(e -> assertThat(e.statusCode()).isEqualTo(400));
    }

    @Test
    default void forgetsADeletedStream() {
        String stream = probe().stream(1);
        probe().put(stream, "k", "v");
        client().deleteStream(b -> b.streamName(stream));
        Poll.until(
                () -> !client().listStreams(b -> b.limit(1000)).streamNames().contains(stream),
                stream + " is gone");
        assertThatExceptionOfType(ResourceNotFoundException.class)
                .isThrownBy(() -> probe().put(stream, "k", "v"));
    }

    @Test
    default void pagesThroughStreams() {
        Set<String> made =
                Stream.generate(() -> probe().stream(1)).limit(3).collect(Collectors.toSet());
        Set<String> seen = new HashSet<>();
        ListStreamsResponse page = client().listStreams(b -> b.limit(1));
        seen.addAll(page.streamNames());
        while (page.hasMoreStreams()) {
            assertThat(page.streamNames()).hasSize(1);
            String last = page.streamNames().getLast();
            page = client().listStreams(b -> b.limit(1).exclusiveStartStreamName(last));
            seen.addAll(page.streamNames());
        }
        assertThat(seen).containsAll(made);
    }

    @Test
    default void pagesThroughShards() {
        String stream = probe().stream(5);
        ListShardsResponse first = client().listShards(b -> b.streamName(stream).maxResults(2));
        ListShardsResponse second =
                client().listShards(b -> b.nextToken(first.nextToken()).maxResults(2));
        ListShardsResponse third =
                client().listShards(b -> b.nextToken(second.nextToken()).maxResults(2));
        assertThat(first.shards()).hasSize(2);
        assertThat(second.shards()).hasSize(2);
        assertThat(third.shards()).hasSize(1);
        assertThat(third.nextToken()).isNull();
        assertThat(third.shards().getFirst().shardId()).isEqualTo("shardId-000000000004");
        assertThatExceptionOfType(InvalidArgumentException.class)
                .isThrownBy(() -> client().listShards(b -> b.nextToken("nonsense")));
    }

    @Test
    default void describesShardsInPages() {
        String stream = probe().stream(3);
        var first = client().describeStream(b -> b.streamName(stream).limit(2)).streamDescription();
        assertThat(first.hasMoreShards()).isTrue();
        String last = first.shards().getLast().shardId();
        var rest =
                client().describeStream(b -> b.streamName(stream).exclusiveStartShardId(last))
                        .streamDescription();
        assertThat(rest.hasMoreShards()).isFalse();
        assertThat(rest.shards())
                .extracting(Shard::shardId)
                .containsExactly("shardId-000000000002");
    }

    @Test
    default void keepsTags() {
        String stream = probe().stream(1);
        client().addTagsToStream(b -> b.streamName(stream).tags(Map.of("a", "1", "b", "2")));
        client().addTagsToStream(b -> b.streamName(stream).tags(Map.of("b", "3", "c", "4")));
        client().removeTagsFromStream(b -> b.streamName(stream).tagKeys("a"));
        assertThat(client().listTagsForStream(b -> b.streamName(stream)).tags())
                .containsExactlyInAnyOrder(
                        Tag.builder().key("b").value("3").build(),
                        Tag.builder().key("c").value("4").build());
        var page = client().listTagsForStream(b -> b.streamName(stream).limit(1));
        assertThat(page.hasMoreTags()).isTrue();
        assertThat(page.tags()).hasSize(1);
    }

    @Test
    default void changesRetentionWithinItsBounds() {
        String stream = probe().stream(1);
        client().increaseStreamRetentionPeriod(b -> b.streamName(stream).retentionPeriodHours(48));
        probe().awaitActive(stream);
        assertThatExceptionOfType(InvalidArgumentException.class)
                .isThrownBy(
                        () ->
                                client().increaseStreamRetentionPeriod(
                                                b ->
                                                        b.streamName(stream)
                                                                .retentionPeriodHours(36)));
        client().decreaseStreamRetentionPeriod(b -> b.streamName(stream).retentionPeriodHours(30));
        assertThat(
                        client().describeStreamSummary(b -> b.streamName(stream))
                                .streamDescriptionSummary()
                                .retentionPeriodHours())
                .isEqualTo(30);
    }

    @Test
    default void changesMode() {
        String stream = probe().stream(1);
        String arn =
                client().describeStreamSummary(b -> b.streamName(stream))
                        .streamDescriptionSummary()
                        .streamARN();
        client().updateStreamMode(
                        b -> b.streamARN(arn).streamModeDetails(m -> m.streamMode("ON_DEMAND")));
        probe().awaitActive(stream);
        assertThat(
                        client().describeStreamSummary(b -> b.streamName(stream))
                                .streamDescriptionSummary()
                                .streamModeDetails()
                                .streamMode())
                .isEqualTo(StreamMode.ON_DEMAND);
    }

    @Test
    default void tellsItsLimits() {
        probe().stream(2);
        var limits = client().describeLimits();
        assertThat(limits.openShardCount()).isGreaterThanOrEqualTo(2);
        assertThat(limits.shardLimit()).isGreaterThan(limits.openShardCount());
    }
}
