package dev.sluice.runtime.publish;

import static dev.sluice.runtime.publish.Fixtures.STREAM;
import static dev.sluice.runtime.publish.Fixtures.lines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.runtime.failure.SetupFailure;
import dev.sluice.runtime.memory.MemoryShard;
import dev.sluice.runtime.memory.MemoryStreams;
import dev.sluice.runtime.state.OriginMarks;
import dev.sluice.runtime.state.OriginPosition;
import dev.sluice.runtime.stream.HashKey;
import dev.sluice.runtime.stream.SequenceNumber;
import dev.sluice.runtime.stream.ShardId;
import dev.sluice.runtime.stream.StreamName;
import dev.sluice.runtime.stream.StreamRecord;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;

/// Several stages publish, each what it reads from its shard, while shards split and merge, answers
/// are lost, calls fail, and stages crash and start again from a checkpoint while their old self
/// goes on for a time. Whoever reads with {@link OriginMarks} takes every event, and none twice.
///
/// A value is `origin|sequence|index|key`.
class ReplayRecognitionTest {

    private static final int ORIGINS = 3;
    private static final int RECORDS = 60;
    private static final String THROTTLED = "ProvisionedThroughputExceededException";

    static LongStream seeds() {
        return LongStream.range(0, 150);
    }

    private final MemoryStreams streams = new MemoryStreams();
    private final Map<String, Integer> taken = new HashMap<>();
    private int replays;

    @ParameterizedTest
    @MethodSource("seeds")
    void takesEveryEventAndNoneTwice(long seed) throws IOException {
        Random random = new Random(seed);
        streams.create(STREAM, 1 + random.nextInt(3));
        List<List<List<String>>> inputs = inputs(random);
        publishAll(inputs, random);
        streams.faults().heal();

        readAll(random);

        Set<String> strays = strays();
        for (List<List<String>> input : inputs) {
            for (List<String> record : input) {
                for (String value : record) {
                    assertThat(taken).as("seed %d", seed).containsKey(value);
                    if (!strays.contains(value)) {
                        assertThat(taken.get(value)).as("seed %d, %s", seed, value).isEqualTo(1);
                    }
                }
            }
        }
        assertThat(replays).as("this run replayed something").isPositive();
    }

    private static List<List<List<String>>> inputs(Random random) {
        List<List<List<String>>> inputs = new ArrayList<>();
        for (int origin = 0; origin < ORIGINS; origin++) {
            List<List<String>> records = new ArrayList<>();
            for (int sequence = 0; sequence < RECORDS; sequence++) {
                List<String> record = new ArrayList<>();
                for (int index = 0; index < 1 + random.nextInt(12); index++) {
                    String key = "k" + random.nextInt(20);
                    record.add("raw-%d|%d|%d|%s".formatted(origin, sequence, index, key));
                }
                records.add(record);
            }
            inputs.add(records);
        }
        return inputs;
    }

    /// A stage at work on one shard: a worker that lost its lease does not checkpoint any more.
    private final class Stage {
        private final int origin;
        private final StreamPublisher<String> publisher;
        private int next;
        private boolean zombie;

        Stage(int origin, int next, Random random) {
            this.origin = origin;
            this.next = next;
            publisher =
                    new StreamPublisher<>(
                            new Chaos(random),
                            STREAM,
                            lines(1 + random.nextInt(4)),
                            PublisherConfig.defaults(),
                            new SimpleMeterRegistry(),
                            new ManualTiming(random.nextLong()));
        }

        void step(List<List<String>> input, Random random) {
            int end = Math.min(input.size(), next + 1 + random.nextInt(5));
            List<Keyed<String>> slice =
                    input.subList(next, end).stream()
                            .flatMap(List::stream)
                            .map(value -> new Keyed<>(key(value), value))
                            .toList();
            try {
                publisher.publish(slice);
                next = end;
            } catch (SetupFailure e) {
                // The batch is offered again.
            }
        }
    }

    private void publishAll(List<List<List<String>>> inputs, Random random) {
        streams.faults().failRandomly(random, 0.1, THROTTLED);
        int[] checkpoints = new int[ORIGINS];
        List<Stage> stages = new ArrayList<>();
        for (int origin = 0; origin < ORIGINS; origin++) {
            stages.add(new Stage(origin, 0, random));
        }
        while (!stages.isEmpty()) {
            Stage stage = stages.get(random.nextInt(stages.size()));
            stage.step(inputs.get(stage.origin), random);
            if (!stage.zombie && random.nextInt(3) == 0) {
                checkpoints[stage.origin] = stage.next;
            }
            if (stage.next == RECORDS || (stage.zombie && random.nextInt(4) == 0)) {
                stages.remove(stage);
            } else if (!stage.zombie && random.nextInt(8) == 0) {
                stage.zombie = true;
                stages.add(new Stage(stage.origin, checkpoints[stage.origin], random));
            }
        }
    }

    /// Reshards, loses answers and refuses calls.
    private final class Chaos implements StreamClient {
        private final Random random;

        Chaos(Random random) {
            this.random = random;
        }

        @Override
        public List<OpenShard> openShards(StreamName stream) {
            return streams.openShards(stream);
        }

        @Override
        public List<PutResult> put(StreamName stream, List<OutgoingRecord> records) {
            switch (random.nextInt(40)) {
                case 0 -> streams.faults().throwOnNextPut(new SetupFailure("no access"));
                case 1, 2, 3 -> streams.faults().loseNextAnswer();
                case 4, 5 -> reshard(random);
                default -> {}
            }
            return streams.put(stream, records);
        }
    }

    private void reshard(Random random) {
        List<OpenShard> open = streams.openShards(STREAM);
        int chosen = random.nextInt(open.size());
        if (open.size() > 4 || (open.size() > 1 && random.nextBoolean())) {
            int first = Math.min(chosen, open.size() - 2);
            streams.merge(STREAM, open.get(first).id(), open.get(first + 1).id());
        } else {
            streams.split(STREAM, open.get(chosen).id());
        }
    }

    private void readAll(Random random) throws IOException {
        Map<ShardId, byte[]> ends = new HashMap<>();
        for (MemoryShard shard : streams.shards(STREAM)) {
            OriginMarks marks = new OriginMarks(10_000);
            for (ShardId parent : shard.parents()) {
                marks.inherit(input(Objects.requireNonNull(ends.get(parent))), shard.range());
            }
            ends.put(shard.id(), read(shard, marks, random));
        }
    }

    /// @return the marks at the end of the shard
    private byte[] read(MemoryShard shard, OriginMarks marks, Random random) throws IOException {
        List<StreamRecord> records = streams.records(STREAM, shard.id());
        int next = 0;
        while (next < records.size()) {
            int end = Math.min(records.size(), next + 1 + random.nextInt(4));
            List<String> fresh = new ArrayList<>();
            int before = replays;
            records.subList(next, end).forEach(record -> take(record, marks, fresh));
            switch (random.nextInt(6)) {
                case 0 -> {
                    marks.rollback();
                    replays = before;
                }
                case 1 -> {
                    byte[] snapshot = written(marks);
                    marks.read(input(snapshot));
                    replays = before;
                }
                default -> {
                    marks.commit();
                    fresh.forEach(value -> taken.merge(value, 1, Integer::sum));
                    next = end;
                }
            }
        }
        return written(marks);
    }

    private void take(StreamRecord record, OriginMarks marks, List<String> fresh) {
        for (String value : Fixtures.decode(record.data())) {
            String[] parts = value.split("\\|");
            OriginPosition position =
                    new OriginPosition(SequenceNumber.of(parts[1]), Integer.parseInt(parts[2]));
            if (marks.take(record.sequence(), new ShardId(parts[0]), position, key(value))) {
                fresh.add(value);
            } else {
                replays++;
            }
        }
    }

    /// Values of which a copy lies on a shard that is not their key's: of the one record that was
    /// under way when the shards changed. Nobody on the shard of the key knows of that copy.
    private Set<String> strays() {
        Set<String> strays = new HashSet<>();
        for (MemoryShard shard : streams.shards(STREAM)) {
            for (String value : Fixtures.storedIn(streams, shard.id())) {
                if (!shard.range().contains(key(value))) {
                    strays.add(value);
                }
            }
        }
        return strays;
    }

    private static HashKey key(String value) {
        return HashKey.of(value.substring(value.lastIndexOf('|') + 1));
    }

    private static byte[] written(OriginMarks marks) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        marks.writeAll(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private static DataInputStream input(byte[] bytes) {
        return new DataInputStream(new ByteArrayInputStream(bytes));
    }
}
