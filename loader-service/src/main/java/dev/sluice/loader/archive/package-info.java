/// The raw archive: every frame the collector made, untouched, in objects of many frames.
///
/// Enters: records of the raw stream.
/// Leaves: archive objects, named by shard and sequence numbers.
/// Never: a look inside a frame; what is archived is what was received.
@NullMarked
package dev.sluice.loader.archive;

import org.jspecify.annotations.NullMarked;
