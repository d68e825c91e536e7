/// Who sent an event, and from where.
///
/// Enters: the context of an event and its receipt.
/// Leaves: address and user agent.
/// Never: a name lookup.
@NullMarked
package dev.sluice.validator.process.sender;

import org.jspecify.annotations.NullMarked;
