package dev.sluice.local.kinesis;

import dev.sluice.local.fault.FaultRules;

import java.util.List;
import java.util.function.Predicate;

/// The faults a server commits on request. Rules apply from the next call on, in order; all that
/// match strike together, and an error wins over the rest. Thread-safe.
public final class KinesisFaults {

    private static final String PUT_RECORDS = "PutRecords";

    private final FaultRules<FaultRule> rules = new FaultRules<>(new FaultForm());

    KinesisFaults() {}

    /// A rule and how often it has struck.
    public record Strikes(FaultRule rule, long struck) {}

    /// Adds a rule after those there are.
    public void add(FaultRule rule) {
        rules.add(rule);
    }

    /// Puts these rules in the place of all others; their counts start at 0.
    public void replace(List<FaultRule> others) {
        clear();
        others.forEach(this::add);
    }

    /// Ends all faults.
    public void clear() {
        rules.clear();
    }

    /// The rules in order, spent ones too.
    public List<Strikes> strikes() {
        return rules.all().stream().map(s -> new Strikes(s.rule(), s.times())).toList();
    }

    public FaultRules<FaultRule> rules() {
        return rules;
    }

    /// The rules that strike a call which names or reaches these shards; what befalls single
    /// records or writes is asked for apart.
    List<FaultAction> strike(String operation, String stream, List<String> shards) {
        return rules.strike(
                        r ->
                                r.matches(operation, stream)
                                        && strikesCall(r.action(), operation)
                                        && (r.shard().isEmpty()
                                                || shards.stream().anyMatch(r::matchesShard)))
                .map(FaultRule::action)
                .toList();
    }

    private static boolean strikesCall(FaultAction action, String operation) {
        return switch (action) {
            case FaultAction.Throttle() -> !operation.equals(PUT_RECORDS);
            case FaultAction.Delay(var ignored) -> true;
            case FaultAction.Fail(int ignored, String error) -> true;
            case FaultAction.DropAnswer() -> true;
            case FaultAction.FailRecords(int ignored) -> false;
            case FaultAction.ClockSkew(var ignored) -> false;
            case FaultAction.DiskFull() -> false;
        };
    }

    /// Whether a record of a PutRecords on its way to this shard is throttled.
    boolean throttlesRecord(String stream, String shard) {
        return rules.strikeOne(onShard(PUT_RECORDS, stream, shard, FaultAction.Throttle.class))
                .isPresent();
    }

    /// The rules that fail records of this PutRecords.
    List<FaultRule> failRecords(String stream, List<String> shards) {
        return rules.strike(
                        r ->
                                r.matches(PUT_RECORDS, stream)
                                        && r.action() instanceof FaultAction.FailRecords
                                        && shards.stream().anyMatch(r::matchesShard))
                .toList();
    }

    /// What befalls a put's one write to this shard.
    WriteFaults onWrite(String operation, String stream, String shard) {
        if (rules.isEmpty()) {
            return WriteFaults.NONE;
        }
        long skew =
                rules.strike(onShard(operation, stream, shard, FaultAction.ClockSkew.class))
                        .map(FaultRule::action)
                        .mapToLong(
                                a -> a instanceof FaultAction.ClockSkew(var s) ? s.toMillis() : 0)
                        .sum();
        boolean full =
                rules.strikeOne(onShard(operation, stream, shard, FaultAction.DiskFull.class))
                        .isPresent();
        return new WriteFaults(skew, full);
    }

    private static Predicate<FaultRule> onShard(
            String operation, String stream, String shard, Class<? extends FaultAction> action) {
        return r ->
                r.matches(operation, stream)
                        && action.isInstance(r.action())
                        && r.matchesShard(shard);
    }
}
