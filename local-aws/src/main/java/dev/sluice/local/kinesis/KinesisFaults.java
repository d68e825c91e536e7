package dev.sluice.local.kinesis;

import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/// The faults a server commits on request. Rules apply from the next call on, in order; all that
/// match strike together, and an error wins over the rest. Thread-safe.
public final class KinesisFaults {

    private final List<Active> active = new CopyOnWriteArrayList<>();
    private final Random random = new Random(1);

    KinesisFaults() {}

    /// A rule and how often it has struck.
    public record Strikes(FaultRule rule, long struck) {}

    /// Adds a rule after those there are.
    public void add(FaultRule rule) {
        active.add(new Active(rule, new AtomicLong()));
    }

    /// Puts these rules in the place of all others; their counts start at 0.
    public void replace(List<FaultRule> rules) {
        clear();
        rules.forEach(this::add);
    }

    /// Ends all faults.
    public void clear() {
        active.clear();
    }

    /// The rules in order, spent ones too.
    public List<Strikes> strikes() {
        return active.stream().map(a -> new Strikes(a.rule, a.struck.get())).toList();
    }

    /// The rules that strike a call which names or reaches these shards; throttling of PutRecords
    /// and failing records are asked for apart.
    List<FaultAction> strike(String operation, String stream, List<String> shards) {
        return matching(operation, stream)
                .filter(a -> !isPerRecord(a.rule, operation))
                .filter(
                        a ->
                                a.rule.shard().isEmpty()
                                        || shards.stream().anyMatch(a.rule::matchesShard))
                .filter(this::strikes)
                .map(a -> a.rule.action())
                .toList();
    }

    /// Whether a record of a PutRecords on its way to this shard is throttled.
    boolean throttlesRecord(String stream, String shard) {
        return matching("PutRecords", stream)
                .filter(a -> a.rule.action() instanceof FaultAction.Throttle)
                .filter(a -> a.rule.matchesShard(shard))
                .anyMatch(this::strikes);
    }

    /// The rules that fail records of this PutRecords.
    List<FaultRule> failRecords(String stream, List<String> shards) {
        return matching("PutRecords", stream)
                .filter(a -> a.rule.action() instanceof FaultAction.FailRecords)
                .filter(a -> shards.stream().anyMatch(a.rule::matchesShard))
                .filter(this::strikes)
                .map(Active::rule)
                .toList();
    }

    private static boolean isPerRecord(FaultRule rule, String operation) {
        return rule.action() instanceof FaultAction.FailRecords
                || (rule.action() instanceof FaultAction.Throttle
                        && operation.equals("PutRecords"));
    }

    private Stream<Active> matching(String operation, String stream) {
        return active.stream().filter(a -> a.rule.matches(operation, stream));
    }

    private boolean strikes(Active candidate) {
        FaultRule rule = candidate.rule;
        if (candidate.struck.get() >= rule.times()
                || (rule.probability() < 1 && random.nextDouble() >= rule.probability())) {
            return false;
        }
        return candidate.struck.getAndUpdate(n -> n < rule.times() ? n + 1 : n) < rule.times();
    }

    private record Active(FaultRule rule, AtomicLong struck) {}
}
