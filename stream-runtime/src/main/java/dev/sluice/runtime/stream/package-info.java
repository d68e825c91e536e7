/// The words of a stream: shards, sequence numbers, batches, and the token that acknowledges one.
///
/// Enters: batches of records of one shard, in order.
/// Leaves: the token of what is durable.
/// Never: a checkpoint: only the runtime makes one.
@NullMarked
package dev.sluice.runtime.stream;

import org.jspecify.annotations.NullMarked;
