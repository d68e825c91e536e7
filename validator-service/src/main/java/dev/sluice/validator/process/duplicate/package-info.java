/// Recognises events that came before.
///
/// Enters: checked events, in the order of their shard.
/// Leaves: those that are the first with their id, and those that are copies.
/// Never: an id remembered for good whose event is not yet durable.
@NullMarked
package dev.sluice.validator.process.duplicate;

import org.jspecify.annotations.NullMarked;
