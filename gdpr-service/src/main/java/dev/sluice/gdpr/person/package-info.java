/// The other ids of a person who is erased.
///
/// Enters: the ids that are known of it.
/// Leaves: those that belong to it besides; in the end none of them.
/// Never: an id that somebody else had too.
@NullMarked
package dev.sluice.gdpr.person;

import org.jspecify.annotations.NullMarked;
