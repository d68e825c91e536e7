/// What a contract for events nobody described might say.
///
/// Enters: the properties of events of one type.
/// Leaves: a proposal that these events keep, for a person to finish.
/// Never: a value of an event: it may be a person's.
@NullMarked
package dev.sluice.contracts.inference;

import org.jspecify.annotations.NullMarked;
