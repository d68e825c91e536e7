/// The Kinesis Client Library behind a few small files.
///
/// Enters: leases and records from the library.
/// Leaves: batches to a shard handler; checkpoints as the last effect.
/// Never: a record skipped because a handler threw.
@NullMarked
package dev.sluice.runtime.kcl;

import org.jspecify.annotations.NullMarked;
