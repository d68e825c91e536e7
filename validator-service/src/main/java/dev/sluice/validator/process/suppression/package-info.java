/// Events of persons who were erased.
///
/// Enters: checked events, valid or refused.
/// Leaves: the same without those of suppressed subjects, of which only receipt time and tenant are
/// kept.
/// Never: a suppressed event on a stream, in the quarantine or among the ids that were seen.
@NullMarked
package dev.sluice.validator.process.suppression;

import org.jspecify.annotations.NullMarked;
