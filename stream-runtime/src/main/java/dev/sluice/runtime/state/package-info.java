/// What a service remembers of a shard, so that it survives crashes, reshards and new owners.
///
/// Enters: the parts of a state, and the position it is true for.
/// Leaves: snapshots in the object store, each durable before the checkpoint it belongs to.
/// Never: a checkpoint that its state does not reach.
@NullMarked
package dev.sluice.runtime.state;

import org.jspecify.annotations.NullMarked;
