/// Work that is done again and again beside the line.
///
/// Enters: a turn and the rest after it.
/// Leaves: a thread that ends when it is told to.
/// Never: two turns at once.
@NullMarked
package dev.sluice.loader.turn;

import org.jspecify.annotations.NullMarked;
