/// Records of a shard gathered until a window is full or old enough, then made durable together.
///
/// Enters: batches of one shard.
/// Leaves: the token of the last batch of which everything is durable.
/// Never: a record taken twice because the batch that brought it was offered again.
@NullMarked
package dev.sluice.loader.window;

import org.jspecify.annotations.NullMarked;
