package dev.sluice.runtime.publish;

import static dev.sluice.runtime.publish.Fixtures.STREAM;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.runtime.failure.TransientFailure;
import dev.sluice.runtime.memory.MemoryStreams;
import dev.sluice.runtime.stream.HashKey;
import dev.sluice.runtime.stream.HashRange;
import dev.sluice.runtime.stream.ShardId;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

class ShardMapTest {

    private final MemoryStreams streams = new MemoryStreams();

    @Test
    void findsTheShardThatHoldsAKey() {
        streams.create(STREAM, 7);
        List<OpenShard> shards = new ArrayList<>(streams.openShards(STREAM));
        Collections.shuffle(shards, new Random(1));
        ShardMap map = ShardMap.of(STREAM, shards);
        for (int i = 0; i < 1000; i++) {
            HashKey key = HashKey.of("key-" + i);
            assertThat(map.shardOf(key).range().contains(key)).isTrue();
        }
        for (OpenShard shard : shards) {
            assertThat(map.shardOf(shard.range().first())).isEqualTo(shard);
            assertThat(map.shardOf(shard.range().last())).isEqualTo(shard);
        }
    }

    @Test
    void sortsByRange() {
        streams.create(STREAM, 3);
        List<OpenShard> shards = streams.openShards(STREAM);
        assertThat(ShardMap.of(STREAM, shards.reversed()).shards()).isEqualTo(shards);
    }

    @Test
    void refusesAGap() {
        streams.create(STREAM, 3);
        for (int missing = 0; missing < 3; missing++) {
            List<OpenShard> shards = new ArrayList<>(streams.openShards(STREAM));
            shards.remove(missing);
            assertThatThrownBy(() -> ShardMap.of(STREAM, shards))
                    .isInstanceOf(TransientFailure.class)
                    .hasMessageContaining("stream raw");
        }
    }

    @Test
    void refusesNoShards() {
        assertThatThrownBy(() -> ShardMap.of(STREAM, List.of()))
                .isInstanceOf(TransientFailure.class)
                .hasMessageContaining("stream raw");
    }

    @Test
    void refusesAnOverlap() {
        streams.create(STREAM, 2);
        List<OpenShard> shards = new ArrayList<>(streams.openShards(STREAM));
        shards.add(new OpenShard(new ShardId("shardId-000000000009"), HashRange.ALL));
        assertThatThrownBy(() -> ShardMap.of(STREAM, shards))
                .isInstanceOf(TransientFailure.class)
                .hasMessageContaining("do not cover the hash space once");
    }
}
