/// Erasures that have begun and not ended.
///
/// Enters: what an erasure is about to remove.
/// Leaves: the same after a crash, when what is left would not say any more whose it was.
/// Never: an id of a person.
@NullMarked
package dev.sluice.gdpr.journal;

import org.jspecify.annotations.NullMarked;
