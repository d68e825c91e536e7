package dev.sluice.runtime.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.runtime.failure.TransientFailure;
import dev.sluice.runtime.publish.OutgoingRecord;
import dev.sluice.runtime.publish.PutResult;
import dev.sluice.runtime.publish.StreamClient;
import dev.sluice.runtime.publish.StreamClientKit;
import dev.sluice.runtime.stream.HashKey;
import dev.sluice.runtime.stream.ShardId;
import dev.sluice.runtime.stream.StreamName;
import dev.sluice.runtime.stream.StreamRecord;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;

class MemoryStreamsTest extends StreamClientKit {

    private static final StreamName STREAM = new StreamName("raw");
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private final MemoryStreams streams =
            new MemoryStreams(InstantSource.fixed(NOW), new EffectLog());

    @Override
    protected StreamClient client() {
        return streams;
    }

    @Override
    protected void create(StreamName stream, int shards) {
        streams.create(stream, shards);
    }

    @Override
    protected void split(StreamName stream, ShardId shard) {
        streams.split(stream, shard);
    }

    @Override
    protected void merge(StreamName stream, ShardId lower, ShardId upper) {
        streams.merge(stream, lower, upper);
    }

    @Override
    protected List<byte[]> read(StreamName stream, ShardId shard) {
        return streams.records(stream, shard).stream().map(StreamRecord::data).toList();
    }

    @Override
    protected void failNextRecordOf(StreamName stream, ShardId shard) {
        streams.faults().failNextRecordsOf(shard, 1, "InternalFailure");
    }

    @Override
    protected void loseNextAnswer(StreamName stream) {
        streams.faults().loseNextAnswer();
    }

    @Test
    void logsWhatIsStoredAndNothingElse() {
        streams.create(STREAM, 1);
        streams.faults().failNextRecords(1, "InternalFailure");
        streams.put(STREAM, List.of(record(1), record(2)));
        assertThat(streams.log().lines()).containsExactly("put raw shardId-000000000000");
    }

    @Test
    void knowsWhenARecordArrived() {
        streams.create(STREAM, 1);
        streams.put(STREAM, List.of(record(1)));
        assertThat(streams.records(STREAM).getFirst().arrivedAt()).isEqualTo(NOW);
    }

    @Test
    void failsWithTheCodeItIsTold() {
        streams.create(STREAM, 1);
        streams.faults().failNextRecords(1, "ProvisionedThroughputExceededException");
        PutResult result = streams.put(STREAM, List.of(record(1))).getFirst();
        assertThat(result).isInstanceOf(PutResult.Failed.class);
        assertThat(((PutResult.Failed) result).code())
                .isEqualTo("ProvisionedThroughputExceededException");
    }

    @Test
    void throwsWhatItIsToldWithoutAnEffect() {
        streams.create(STREAM, 1);
        TransientFailure failure = new TransientFailure("stream raw: timeout");
        streams.faults().throwOnNextPut(failure);
        assertThatThrownBy(() -> streams.put(STREAM, List.of(record(1)))).isSameAs(failure);
        assertThat(streams.records(STREAM)).isEmpty();
        streams.faults().throwOnNextListing(failure);
        assertThatThrownBy(() -> streams.openShards(STREAM)).isSameAs(failure);
        assertThat(streams.openShards(STREAM)).hasSize(1);
    }

    @Test
    void isAwayUntilHealed() {
        streams.create(STREAM, 1);
        streams.faults().goAway();
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> streams.put(STREAM, List.of(record(1))))
                    .isInstanceOf(TransientFailure.class)
                    .hasMessageContaining("stream raw");
            assertThatThrownBy(() -> streams.openShards(STREAM))
                    .isInstanceOf(TransientFailure.class);
        }
        streams.faults().heal();
        assertThat(streams.openShards(STREAM)).hasSize(1);
    }

    @Test
    void forgetsFaultsWhenHealed() {
        streams.create(STREAM, 1);
        streams.faults().failNextRecords(10, "InternalFailure");
        streams.faults().throwOnNextPut(new TransientFailure("stream raw: timeout"));
        streams.faults().loseNextAnswer();
        streams.faults().heal();
        assertThat(streams.put(STREAM, List.of(record(1))).getFirst())
                .isInstanceOf(PutResult.Stored.class);
    }

    @Test
    void refusesCallsThatTheServiceWouldRefuse() {
        streams.create(STREAM, 1);
        assertThatThrownBy(() -> streams.put(STREAM, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> streams.put(STREAM, Collections.nCopies(501, record(1))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> streams.put(STREAM, List.of(record((1 << 20) + 1))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> streams.put(STREAM, Collections.nCopies(6, record(1 << 20))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesToSplitAClosedShardAndToMergeDistantOnes() {
        streams.create(STREAM, 3);
        List<MemoryShard> shards = streams.shards(STREAM);
        streams.split(STREAM, shards.get(0).id());
        assertThatThrownBy(() -> streams.split(STREAM, shards.get(0).id()))
                .isInstanceOf(IllegalArgumentException.class);
        ShardId lowest = streams.openShards(STREAM).getFirst().id();
        assertThatThrownBy(() -> streams.merge(STREAM, lowest, shards.get(2).id()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void remembersTheParentsOfAShard() {
        streams.create(STREAM, 2);
        List<MemoryShard> parents = streams.shards(STREAM);
        ShardId child = streams.merge(STREAM, parents.get(1).id(), parents.get(0).id());
        assertThat(streams.shards(STREAM).getLast().id()).isEqualTo(child);
        assertThat(streams.shards(STREAM).getLast().parents())
                .containsExactlyInAnyOrder(parents.get(0).id(), parents.get(1).id());
    }

    private static OutgoingRecord record(int bytes) {
        return new OutgoingRecord(HashKey.MIN, new byte[bytes]);
    }
}
