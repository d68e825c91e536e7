package dev.sluice.local.kinesis;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/// Records routed to the shards of one moment; some may be refused before the rest is written, one
/// write per shard.
final class PutBatch {

    private static final Logger LOG = LoggerFactory.getLogger(PutBatch.class);

    private final String stream;
    private final List<PendingRecord> records;
    private final List<Shard> routes;
    private final @Nullable PutOutcome[] outcomes;

    PutBatch(String stream, ShardMap shards, List<PendingRecord> records) {
        this.stream = stream;
        this.records = records;
        this.routes = records.stream().map(r -> shards.route(r.hashKey())).toList();
        this.outcomes = new PutOutcome[records.size()];
    }

    /// The ids of the shards it reaches, each once.
    List<String> shardIds() {
        return routes.stream().map(Shard::id).distinct().toList();
    }

    /// Throttles records as faults ask.
    void throttle(KinesisFaults faults) {
        for (int i = 0; i < outcomes.length; i++) {
            if (outcomes[i] == null && faults.throttlesRecord(stream, routes.get(i).id())) {
                refuseThrottled(i);
            }
        }
    }

    /// Fails as many of the records that reach the rule's shard as it says, evenly spread.
    void fail(FaultRule rule) {
        if (!(rule.action() instanceof FaultAction.FailRecords(int count))) {
            return;
        }
        List<Integer> candidates = new ArrayList<>();
        for (int i = 0; i < outcomes.length; i++) {
            if (outcomes[i] == null && rule.matchesShard(routes.get(i).id())) {
                candidates.add(i);
            }
        }
        int failing = Math.min(count, candidates.size());
        for (int i = 0; i < failing; i++) {
            int at = candidates.get((int) ((long) i * candidates.size() / failing));
            outcomes[at] = PutOutcome.internalFailure();
        }
    }

    /// Refuses what exceeds the throughput of its shard.
    void limit(long nowMillis) {
        for (int i = 0; i < outcomes.length; i++) {
            if (outcomes[i] == null
                    && !routes.get(i).throughput().admitsWrite(records.get(i).size(), nowMillis)) {
                refuseThrottled(i);
            }
        }
    }

    private void refuseThrottled(int i) {
        outcomes[i] = PutOutcome.throttled(stream, routes.get(i).id());
    }

    /// Writes what is not refused; gives an outcome for each record, in order. A shard whose disk
    /// fails fails its records and no others.
    ///
    /// @param faults of the write to a shard, by its id
    List<PutOutcome> write(long nowMillis, Function<String, WriteFaults> faults) {
        Map<Shard, List<Integer>> byShard = new LinkedHashMap<>();
        for (int i = 0; i < outcomes.length; i++) {
            if (outcomes[i] == null) {
                byShard.computeIfAbsent(routes.get(i), s -> new ArrayList<>()).add(i);
            }
        }
        byShard.forEach(
                (shard, indexes) -> write(shard, indexes, nowMillis, faults.apply(shard.id())));
        return Arrays.stream(outcomes).map(Objects::requireNonNull).toList();
    }

    private void write(Shard shard, List<Integer> indexes, long nowMillis, WriteFaults faults) {
        try {
            long[] offsets =
                    shard.log()
                            .append(indexes.stream().map(records::get).toList(), nowMillis, faults);
            for (int i = 0; i < offsets.length; i++) {
                outcomes[indexes.get(i)] =
                        PutOutcome.written(shard.id(), shard.sequenceNumber(offsets[i]));
            }
        } catch (UncheckedIOException e) {
            LOG.error("{} records for {} of {} not written", indexes.size(), shard.id(), stream, e);
            indexes.forEach(i -> outcomes[i] = PutOutcome.internalFailure());
        }
    }
}
