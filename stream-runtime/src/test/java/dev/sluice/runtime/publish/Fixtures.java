package dev.sluice.runtime.publish;

import dev.sluice.runtime.memory.Effect;
import dev.sluice.runtime.memory.MemoryShard;
import dev.sluice.runtime.memory.MemoryStreams;
import dev.sluice.runtime.stream.HashKey;
import dev.sluice.runtime.stream.ShardId;
import dev.sluice.runtime.stream.StreamName;
import dev.sluice.runtime.stream.StreamRecord;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Values of the form `key:number`, records of one value a line.
final class Fixtures {

    static final StreamName STREAM = new StreamName("raw");

    private Fixtures() {}

    static Keyed<String> value(String key, int number) {
        return new Keyed<>(HashKey.of(key), key + ":" + number);
    }

    /// The key that {@link #value} put in front.
    static String keyOf(String value) {
        return value.substring(0, value.indexOf(':'));
    }

    /// For each number one value of each key, in turn.
    static List<Keyed<String>> numbered(int keys, int from, int to) {
        List<Keyed<String>> values = new ArrayList<>();
        for (int number = from; number < to; number++) {
            for (int key = 0; key < keys; key++) {
                values.add(value("k" + key, number));
            }
        }
        return values;
    }

    /// Packs so many values into a record.
    static RecordEncoder<String> lines(int valuesPerRecord) {
        return values -> {
            List<byte[]> records = new ArrayList<>();
            for (int i = 0; i < values.size(); i += valuesPerRecord) {
                List<String> part = values.subList(i, Math.min(values.size(), i + valuesPerRecord));
                records.add(String.join("\n", part).getBytes(StandardCharsets.UTF_8));
            }
            return records;
        };
    }

    static List<String> decode(byte[] record) {
        return List.of(new String(record, StandardCharsets.UTF_8).split("\n"));
    }

    /// The values of each record of the stream, shard by shard, parents before children.
    static List<List<String>> records(MemoryStreams streams) {
        return streams.records(STREAM).stream().map(record -> decode(record.data())).toList();
    }

    /// All values in the stream, in the order of {@link #records}.
    static List<String> stored(MemoryStreams streams) {
        return records(streams).stream().flatMap(List::stream).toList();
    }

    /// The numbers of each key in the order in which the stream took them.
    static Map<String, List<Integer>> numbersByKey(MemoryStreams streams) {
        Map<String, List<Integer>> numbers = new LinkedHashMap<>();
        for (Effect.RecordPut put : streams.log().of(Effect.RecordPut.class)) {
            for (String value : decode(put.data())) {
                int number = Integer.parseInt(value.substring(value.indexOf(':') + 1));
                numbers.computeIfAbsent(keyOf(value), key -> new ArrayList<>()).add(number);
            }
        }
        return numbers;
    }

    /// The shard of the stream that is open and holds the key.
    static ShardId shardOf(MemoryStreams streams, String key) {
        return streams.shards(STREAM).stream()
                .filter(shard -> shard.open() && shard.range().contains(HashKey.of(key)))
                .map(MemoryShard::id)
                .findFirst()
                .orElseThrow();
    }

    /// The values of one shard's records.
    static List<String> storedIn(MemoryStreams streams, ShardId shard) {
        return streams.records(STREAM, shard).stream()
                .map(StreamRecord::data)
                .flatMap(data -> decode(data).stream())
                .toList();
    }
}
