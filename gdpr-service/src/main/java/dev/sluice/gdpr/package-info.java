/// Erasure: a person's events leave every store and do not come back.
///
/// Enters: the ids of a person, from whoever may ask.
/// Leaves: an entry on the suppression list, stores without the person, a receipt.
/// Never: an id of a person in a log, a key or a receipt, or a receipt for what was not verified.
@NullMarked
package dev.sluice.gdpr;

import org.jspecify.annotations.NullMarked;
