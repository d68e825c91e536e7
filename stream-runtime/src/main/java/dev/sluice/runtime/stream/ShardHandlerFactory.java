package dev.sluice.runtime.stream;

/// Makes the handler of a shard when its lease is taken.
@FunctionalInterface
public interface ShardHandlerFactory {

    ShardHandler open(StreamName stream, ShardId shard);
}
