/// Reading JSON without making objects of it.
///
/// Enters: bytes of an event.
/// Leaves: positions, and values of the few fields that were asked for.
/// Never: a tree.
@NullMarked
package dev.sluice.contracts.json;

import org.jspecify.annotations.NullMarked;
