/// How records reach a stream: cut by shard, at most one in flight per shard, resent only where
/// they failed.
///
/// Enters: values with the hash of their partition key.
/// Leaves: the same values, durable, or a failure.
/// Never: an answer before the stream has the record.
@NullMarked
package dev.sluice.runtime.publish;

import org.jspecify.annotations.NullMarked;
