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

    /// A checkpoint is about to be written: the place for what has to be durable before it, such as
    /// a snapshot. Not called for a checkpoint that is written again because it was refused.
    ///
    /// When it throws, this checkpoint waits and a later one covers it; the reading goes on.
    default void beforeCheckpoint(SequenceNumber upTo) {}

    /// The checkpoint is written, so what only older ones needed may go. Its failure is logged and
    /// changes nothing; it may never be called for a checkpoint that was written all the same.
    default void afterCheckpoint(SequenceNumber upTo) {}

    /// All of the shard is acknowledged and its end is about to be written, which lets its children
    /// start: the place for what they need. Called again when it throws.
    default void beforeShardEnd() {}

    /// Another worker has the lease now: forget what is held and release what is open.
    default void abandon() {}
}
