/// Whether the archive is whole: what its objects, their sidecars, the chain of each shard and the
/// books say of one another.
///
/// Enters: archive objects of some hours, the books, and how far shards are acknowledged.
/// Leaves: a finding for whatever does not agree.
/// Never: a change to the archive, or what a frame holds in a message.
@NullMarked
package dev.sluice.loader.archive.verify;

import org.jspecify.annotations.NullMarked;
