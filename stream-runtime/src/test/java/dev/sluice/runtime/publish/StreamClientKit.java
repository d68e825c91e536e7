package dev.sluice.runtime.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.runtime.failure.SetupFailure;
import dev.sluice.runtime.failure.TransientFailure;
import dev.sluice.runtime.stream.HashKey;
import dev.sluice.runtime.stream.SequenceNumber;
import dev.sluice.runtime.stream.ShardId;
import dev.sluice.runtime.stream.StreamName;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;

/// What every {@link StreamClient} does, whatever is behind it. A subclass says how streams are
/// made and changed, and how they fail.
public abstract class StreamClientKit {

    private final StreamName stream = new StreamName("kit-" + UUID.randomUUID());

    protected abstract StreamClient client();

    /// Makes a stream and waits until it takes records.
    protected abstract void create(StreamName stream, int shards);

    protected abstract void split(StreamName stream, ShardId shard);

    protected abstract void merge(StreamName stream, ShardId lower, ShardId upper);

    /// The data of the records of a shard, open or closed, in order.
    protected abstract List<byte[]> read(StreamName stream, ShardId shard);

    /// The next record for the shard fails; others do not.
    protected abstract void failNextRecordOf(StreamName stream, ShardId shard);

    /// The next put takes effect, but its answer never arrives.
    protected abstract void loseNextAnswer(StreamName stream);

    @Test
    void listsShardsThatCoverTheSpaceInOrder() {
        create(stream, 5);
        List<OpenShard> shards = client().openShards(stream);
        assertThat(shards).hasSize(5);
        assertThat(ShardMap.of(stream, shards).shards()).isEqualTo(shards);
    }

    @Test
    void storesARecordOnTheShardThatHoldsItsHashKey() {
        create(stream, 4);
        for (OpenShard shard : client().openShards(stream)) {
            HashKey first = shard.range().first();
            HashKey last = shard.range().last();
            List<PutResult> results =
                    client().put(stream, List.of(record(first, "a"), record(last, "b")));
            assertThat(results).allSatisfy(r -> assertThat(storedIn(r)).isEqualTo(shard.id()));
            assertThat(texts(shard.id())).containsExactly("a", "b");
        }
    }

    @Test
    void answersInTheOrderOfTheRecords() {
        create(stream, 3);
        List<OpenShard> shards = client().openShards(stream).reversed();
        List<PutResult> results =
                client().put(
                                stream,
                                shards.stream().map(s -> record(s.range().first(), "x")).toList());
        assertThat(results.stream().map(StreamClientKit::storedIn))
                .containsExactlyElementsOf(shards.stream().map(OpenShard::id).toList());
    }

    @Test
    void numbersTheRecordsOfAShardInOrder() {
        create(stream, 1);
        List<SequenceNumber> numbers = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            List<OutgoingRecord> pair =
                    List.of(record(HashKey.MIN, "p" + i), record(HashKey.MAX, "q" + i));
            client().put(stream, pair).forEach(r -> numbers.add(((PutResult.Stored) r).sequence()));
        }
        assertThat(numbers).isSorted().doesNotHaveDuplicates();
        assertThat(texts(only()))
                .containsExactly("p0", "q0", "p1", "q1", "p2", "q2", "p3", "q3", "p4", "q4");
    }

    @Test
    void keepsBytesAsTheyAre() {
        create(stream, 1);
        byte[] data = new byte[(1 << 20) - 256];
        RandomGenerator.of("L64X128MixRandom").nextBytes(data);
        byte[] sent = data.clone();
        client().put(stream, List.of(new OutgoingRecord(HashKey.MIN, sent)));
        assertThat(read(stream, only())).containsExactly(data);
    }

    @Test
    void takesAsManyRecordsAsTheServiceDoes() {
        create(stream, 2);
        List<OutgoingRecord> records = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            records.add(record(HashKey.of("key-" + i), "r" + i));
        }
        assertThat(client().put(stream, records))
                .hasSize(500)
                .allSatisfy(r -> assertThat(r).isInstanceOf(PutResult.Stored.class));
    }

    @Test
    void saysWhichRecordFailed() {
        create(stream, 3);
        List<OpenShard> shards = client().openShards(stream);
        ShardId failing = shards.get(1).id();
        failNextRecordOf(stream, failing);
        List<OutgoingRecord> records =
                shards.stream().map(s -> record(s.range().first(), s.id().value())).toList();
        List<PutResult> results = client().put(stream, records);
        assertThat(results.get(0)).isInstanceOf(PutResult.Stored.class);
        assertThat(results.get(1)).isInstanceOf(PutResult.Failed.class);
        assertThat(((PutResult.Failed) results.get(1)).code()).isNotBlank();
        assertThat(results.get(2)).isInstanceOf(PutResult.Stored.class);
        assertThat(texts(failing)).isEmpty();
        client().put(stream, records.subList(1, 2));
        assertThat(texts(failing)).containsExactly(failing.value());
    }

    @Test
    void namesTheChildAfterASplit() {
        create(stream, 1);
        ShardId parent = only();
        client().put(stream, List.of(record(HashKey.MIN, "before")));
        split(stream, parent);
        List<OpenShard> children = client().openShards(stream);
        assertThat(children).hasSize(2);
        assertThat(children.stream().map(OpenShard::id)).doesNotContain(parent);
        List<PutResult> results =
                client().put(
                                stream,
                                List.of(record(HashKey.MIN, "low"), record(HashKey.MAX, "high")));
        assertThat(storedIn(results.get(0))).isEqualTo(children.get(0).id());
        assertThat(storedIn(results.get(1))).isEqualTo(children.get(1).id());
        assertThat(texts(parent)).containsExactly("before");
    }

    @Test
    void namesTheChildAfterAMerge() {
        create(stream, 2);
        List<OpenShard> parents = client().openShards(stream);
        merge(stream, parents.get(0).id(), parents.get(1).id());
        OpenShard child = client().openShards(stream).getFirst();
        assertThat(client().openShards(stream)).hasSize(1);
        PutResult result = client().put(stream, List.of(record(HashKey.MAX, "x"))).getFirst();
        assertThat(storedIn(result)).isEqualTo(child.id());
    }

    @Test
    void refusesAStreamThatDoesNotExist() {
        assertThatThrownBy(() -> client().openShards(stream))
                .isInstanceOf(SetupFailure.class)
                .hasMessageContaining(stream.value());
        assertThatThrownBy(() -> client().put(stream, List.of(record(HashKey.MIN, "x"))))
                .isInstanceOf(SetupFailure.class)
                .hasMessageContaining(stream.value());
    }

    @Test
    void saysItMayWorkLaterWhenAnAnswerIsLost() {
        create(stream, 1);
        loseNextAnswer(stream);
        assertThatThrownBy(() -> client().put(stream, List.of(record(HashKey.MIN, "x"))))
                .isInstanceOf(TransientFailure.class)
                .hasMessageContaining(stream.value());
        client().put(stream, List.of(record(HashKey.MIN, "x")));
        assertThat(texts(only())).containsExactly("x", "x");
    }

    private ShardId only() {
        return client().openShards(stream).getFirst().id();
    }

    private List<String> texts(ShardId shard) {
        return read(stream, shard).stream().map(data -> new String(data, UTF_8)).toList();
    }

    private static ShardId storedIn(PutResult result) {
        assertThat(result).isInstanceOf(PutResult.Stored.class);
        return ((PutResult.Stored) result).shard();
    }

    private static OutgoingRecord record(HashKey key, String text) {
        return new OutgoingRecord(key, text.getBytes(UTF_8));
    }
}
