package dev.sluice.runtime.stream;

/// Makes the handler of a shard when its lease is taken.
@FunctionalInterface
public interface ShardHandlerFactory {

    /// When it throws, the runtime waits and calls it again, for as long as it holds the lease.
    ShardHandler open(ShardStart start);
}
