/// The raw archive: every frame the collector made, untouched, in objects of many frames,
/// and beside each object what is in it and whose.
///
/// Enters: records of the raw stream.
/// Leaves: archive objects and their sidecars, named by hash range, shard and sequence numbers.
/// Never: a change to a frame, an id of a person in a sidecar, or a frame that stops the archive.
@NullMarked
package dev.sluice.loader.archive;

import org.jspecify.annotations.NullMarked;
