/// The quick way to a yes: most events keep their contract, and that can be seen in one pass over
/// their tokens.
///
/// Enters: the bytes of an event.
/// Leaves: that it keeps its contract, with what is read of it; or nothing.
/// Never: a no. What is not plainly valid is left to the full check, whose verdict counts.
@NullMarked
package dev.sluice.validator.process.accept;

import org.jspecify.annotations.NullMarked;
