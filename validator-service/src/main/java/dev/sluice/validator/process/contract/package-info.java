/// Whether an event is what its contract says.
///
/// Enters: a parsed event and its type.
/// Leaves: the contract it keeps, or every place where it does not.
/// Never: a value of the event in a message.
@NullMarked
package dev.sluice.validator.process.contract;

import org.jspecify.annotations.NullMarked;
