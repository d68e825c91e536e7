/// What is personal in an event, and what stands in its place.
///
/// Enters: the body of an event, and the contract it keeps.
/// Leaves: the body with nothing personal where its contract, or the name of a field, says so.
/// Never: a body that could be read only in part, a key or a value in a message.
@NullMarked
package dev.sluice.contracts.pii;

import org.jspecify.annotations.NullMarked;
