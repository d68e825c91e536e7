/// Whose an event is, and whose events are to be dropped.
///
/// Enters: ids of persons and devices; the keys of those who were erased.
/// Leaves: whether an event is of one of them.
/// Never: an id of a person in a list, a message or a log.
@NullMarked
package dev.sluice.contracts.subject;

import org.jspecify.annotations.NullMarked;
