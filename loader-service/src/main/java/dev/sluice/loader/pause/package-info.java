/// Loading can be told to pause, by a person, for all loaders at once.
///
/// Enters: who pauses, and why; that it is over.
/// Leaves: whether loads are paused.
/// Never: a pause that nobody can name.
@NullMarked
package dev.sluice.loader.pause;

import org.jspecify.annotations.NullMarked;
