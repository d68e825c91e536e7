package dev.sluice.local.kinesis;

import dev.sluice.local.fault.Rule;

import java.util.Optional;

/// Which calls an action strikes, how surely and how often.
///
/// @param operation such as `PutRecords`; empty for all
/// @param stream stream name; empty for all
/// @param shard such as `shardId-000000000000`; empty for all. With a shard, only calls that name
///     or reach it match
/// @param probability of striking a match, above 0 to 1
/// @param times strikes after which the rule is spent; [Long#MAX_VALUE] for no end. Throttled
///     records of a PutRecords count one by one
public record FaultRule(
        Optional<String> operation,
        Optional<String> stream,
        Optional<String> shard,
        FaultAction action,
        double probability,
        long times)
        implements Rule {

    public FaultRule {
        Rule.check(probability, times);
    }

    /// The action on every call, for ever.
    public static FaultRule always(FaultAction action) {
        return new FaultRule(
                Optional.empty(), Optional.empty(), Optional.empty(), action, 1, Long.MAX_VALUE);
    }

    public FaultRule onOperation(String name) {
        return new FaultRule(Optional.of(name), stream, shard, action, probability, times);
    }

    public FaultRule onStream(String name) {
        return new FaultRule(operation, Optional.of(name), shard, action, probability, times);
    }

    public FaultRule onShard(String id) {
        return new FaultRule(operation, stream, Optional.of(id), action, probability, times);
    }

    public FaultRule withProbability(double newProbability) {
        return new FaultRule(operation, stream, shard, action, newProbability, times);
    }

    public FaultRule times(long count) {
        return new FaultRule(operation, stream, shard, action, probability, count);
    }

    boolean matches(String calledOperation, String calledStream) {
        return operation.map(calledOperation::equals).orElse(true)
                && stream.map(calledStream::equals).orElse(true);
    }

    boolean matchesShard(String id) {
        return shard.map(id::equals).orElse(true);
    }
}
