/// Which contract's name an event goes by.
///
/// Enters: the name the sender gave.
/// Leaves: an event type in snake case.
/// Never: a guess: what no rule names keeps its own name.
@NullMarked
package dev.sluice.validator.process.type;

import org.jspecify.annotations.NullMarked;
