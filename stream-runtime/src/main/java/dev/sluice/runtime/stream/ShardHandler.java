package dev.sluice.runtime.stream;

/// What a service does with one shard. Called by one thread at a time, batches in order.
public interface ShardHandler {

    /// Takes the next records.
    ///
    /// When it throws, it has not taken them: the runtime waits and offers the same batch again,
    /// for as long as it holds the lease. Effects made before the throw must bear being made again.
    ///
    /// @return the token of the newest batch of which everything is durable: the given one, an
    ///     earlier one while later records are still held, or none
    AckToken handle(RecordBatch batch);

    /// Makes everything taken so far durable. Called at the end of a shard and on a graceful stop.
    ///
    /// @return the token of the last batch taken, or none if there was none
    default AckToken drain() {
        return AckToken.none();
    }

    /// Another worker has the lease now: forget what is held and release what is open.
    default void abandon() {}
}
