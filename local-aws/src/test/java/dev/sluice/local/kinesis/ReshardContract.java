package dev.sluice.local.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.local.Poll;

import org.junit.jupiter.api.Test;

import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.ChildShard;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.InvalidArgumentException;
import software.amazon.awssdk.services.kinesis.model.KinesisException;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesis.model.ScalingType;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardFilterType;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// What must hold when the shards of a stream change.
interface ReshardContract {

    String FIRST = "shardId-000000000000";
    String SECOND = "shardId-000000000001";
    String THIRD = "shardId-000000000002";

    KinesisClient client();

    default Probe probe() {
        return new Probe(client());
    }

    private void splitInHalf(String stream, String shard) {
        client().splitShard(
                        b ->
                                b.streamName(stream)
                                        .shardToSplit(shard)
                                        .newStartingHashKey(BigInteger.TWO.pow(127).toString()));
        probe().awaitActive(stream);
    }

    private void merge(String stream, String shard, String adjacent) {
        client().mergeShards(
                        b ->
                                b.streamName(stream)
                                        .shardToMerge(shard)
                                        .adjacentShardToMerge(adjacent));
        probe().awaitActive(stream);
    }

    @Test
    default void splitsAShardAtTheKey() {
        String stream = probe().stream(1);
        splitInHalf(stream, FIRST);
        List<Shard> shards = probe().shards(stream);
        assertThat(shards).extracting(Shard::shardId).containsExactly(FIRST, SECOND, THIRD);
        Shard parent = shards.get(0);
        Shard lower = shards.get(1);
        Shard upper = shards.get(2);
        assertThat(parent.sequenceNumberRange().endingSequenceNumber()).isNotNull();
        assertThat(lower.parentShardId()).isEqualTo(FIRST);
        assertThat(upper.parentShardId()).isEqualTo(FIRST);
        assertThat(lower.hashKeyRange().endingHashKey())
                .isEqualTo(BigInteger.TWO.pow(127).subtract(BigInteger.ONE).toString());
        assertThat(upper.hashKeyRange().startingHashKey())
                .isEqualTo(BigInteger.TWO.pow(127).toString());
    }

    @Test
    default void givesChildrenGreaterSequenceNumbersThanTheirParent() {
        String stream = probe().stream(1);
        probe().put(stream, "k", "v");
        splitInHalf(stream, FIRST);
        BigInteger end =
                new BigInteger(
                        probe().shards(stream)
                                .getFirst()
                                .sequenceNumberRange()
                                .endingSequenceNumber());
        for (Shard child : probe().openShards(stream)) {
            assertThat(new BigInteger(child.sequenceNumberRange().startingSequenceNumber()))
                    .isGreaterThan(end);
        }
        assertThat(new BigInteger(probe().put(stream, "k", "v").sequenceNumber()))
                .isGreaterThan(end);
    }

    @Test
    default void readsAClosedShardOutAndNamesItsChildren() {
        String stream = probe().stream(1);
        probe().put(stream, "k", "1");
        probe().put(stream, "k", "2");
        String beforeSplit = probe().horizon(stream, FIRST);
        splitInHalf(stream, FIRST);
        probe().put(stream, "k", "3");
        assertThat(probe().texts(beforeSplit)).containsExactly("1", "2");
        GetRecordsResponse last = last(beforeSplit);
        assertThat(last.nextShardIterator()).isNull();
        assertThat(last.childShards())
                .extracting(ChildShard::shardId)
                .containsExactlyInAnyOrder(SECOND, THIRD);
        assertThat(last.childShards())
                .allSatisfy(c -> assertThat(c.parentShards()).containsExactly(FIRST));
    }

    private GetRecordsResponse last(String iterator) {
        GetRecordsResponse answer = probe().get(iterator);
        while (answer.nextShardIterator() != null) {
            answer = probe().get(answer.nextShardIterator());
        }
        return answer;
    }

    @Test
    default void mergesNeighbours() {
        String stream = probe().stream(2);
        merge(stream, FIRST, SECOND);
        Shard child = probe().openShards(stream).getFirst();
        assertThat(child.shardId()).isEqualTo(THIRD);
        assertThat(List.of(child.parentShardId(), child.adjacentParentShardId()))
                .containsExactlyInAnyOrder(FIRST, SECOND);
        assertThat(child.hashKeyRange().startingHashKey()).isEqualTo("0");
        assertThat(child.hashKeyRange().endingHashKey()).isEqualTo(HashRange.MAX.toString());
        assertThat(last(probe().horizon(stream, FIRST)).childShards())
                .singleElement()
                .satisfies(
                        c -> assertThat(c.parentShards()).containsExactlyInAnyOrder(FIRST, SECOND));
    }

    @Test
    default void refusesToMergeWhatIsApart() {
        String stream = probe().stream(3);
        assertThatExceptionOfType(InvalidArgumentException.class)
                .isThrownBy(() -> merge(stream, FIRST, THIRD));
        assertThatExceptionOfType(InvalidArgumentException.class)
                .isThrownBy(() -> merge(stream, SECOND, FIRST));
        assertThatExceptionOfType(ResourceNotFoundException.class)
                .isThrownBy(() -> merge(stream, FIRST, "shardId-000000000077"));
    }

    @Test
    default void refusesASplitOutsideTheShard() {
        String stream = probe().stream(2);
        assertThatExceptionOfType(InvalidArgumentException.class)
                .isThrownBy(
                        () ->
                                client().splitShard(
                                                b ->
                                                        b.streamName(stream)
                                                                .shardToSplit(FIRST)
                                                                .newStartingHashKey("0")))
                .withMessageContaining(FIRST);
    }

    @Test
    default void scalesToUniformRanges() {
        String stream = probe().stream(2);
        scale(stream, 4);
        assertUniform(stream, 4);
        scale(stream, 3);
        assertUniform(stream, 3);
        scale(stream, 2);
        assertUniform(stream, 2);
    }

    private void scale(String stream, int target) {
        int current = probe().openShards(stream).size();
        var answer =
                client().updateShardCount(
                                b ->
                                        b.streamName(stream)
                                                .targetShardCount(target)
                                                .scalingType(ScalingType.UNIFORM_SCALING));
        assertThat(answer.currentShardCount()).isEqualTo(current);
        assertThat(answer.targetShardCount()).isEqualTo(target);
        probe().awaitActive(stream);
    }

    private void assertUniform(String stream, int count) {
        List<HashRange> ranges =
                probe().openShards(stream).stream()
                        .map(Shard::hashKeyRange)
                        .map(
                                r ->
                                        new HashRange(
                                                new BigInteger(r.startingHashKey()),
                                                new BigInteger(r.endingHashKey())))
                        .sorted(Comparator.comparing(HashRange::start))
                        .toList();
        BigInteger even = BigInteger.TWO.pow(128).divide(BigInteger.valueOf(count));
        BigInteger next = BigInteger.ZERO;
        for (HashRange range : ranges) {
            assertThat(range.start()).isEqualTo(next);
            next = range.end().add(BigInteger.ONE);
            assertThat(next.subtract(range.start()).subtract(even).abs())
                    .isLessThanOrEqualTo(BigInteger.valueOf(count));
        }
        assertThat(next).isEqualTo(BigInteger.TWO.pow(128));
        assertThat(ranges).hasSize(count);
    }

    @Test
    default void refusesToScaleBeyondDoubleOrBelowHalf() {
        String stream = probe().stream(3);
        assertThatExceptionOfType(KinesisException.class).isThrownBy(() -> scale(stream, 7));
        assertThatExceptionOfType(KinesisException.class).isThrownBy(() -> scale(stream, 1));
        assertUniform(stream, 3);
    }

    @Test
    default void losesNothingWhileItReshards() {
        String stream = probe().stream(2);
        for (int i = 0; i < 10; i++) {
            probe().put(stream, "k" + i, "before-" + i);
        }
        scale(stream, 4);
        for (int i = 0; i < 10; i++) {
            probe().put(stream, "k" + i, "after-" + i);
        }
        List<String> read =
                probe().shards(stream).stream()
                        .flatMap(s -> probe().texts(probe().horizon(stream, s.shardId())).stream())
                        .toList();
        assertThat(read)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 20)
                                .mapToObj(i -> i < 10 ? "before-" + i : "after-" + (i - 10))
                                .toList());
    }

    @Test
    default void filtersShards() {
        String stream = probe().stream(1);
        splitInHalf(stream, FIRST);
        assertThat(filtered(stream, ShardFilterType.AT_LATEST)).containsExactly(SECOND, THIRD);
        assertThat(filtered(stream, ShardFilterType.FROM_TRIM_HORIZON))
                .containsExactly(FIRST, SECOND, THIRD);
        assertThat(
                        client().listShards(
                                        b ->
                                                b.streamName(stream)
                                                        .shardFilter(
                                                                f ->
                                                                        f.type("AFTER_SHARD_ID")
                                                                                .shardId(SECOND)))
                                .shards())
                .extracting(Shard::shardId)
                .containsExactly(THIRD);
    }

    @Test
    default void listsTheShardsOfTheTrimHorizon() {
        String stream = probe().stream(1);
        Instant created = Instant.now();
        Poll.until(() -> Instant.now().isAfter(created.plusMillis(5)), "time passes");
        splitInHalf(stream, FIRST);
        assertThat(filtered(stream, ShardFilterType.AT_TRIM_HORIZON)).containsExactly(FIRST);
    }

    private List<String> filtered(String stream, ShardFilterType type) {
        return client()
                .listShards(b -> b.streamName(stream).shardFilter(f -> f.type(type)))
                .shards()
                .stream()
                .map(Shard::shardId)
                .toList();
    }
}
