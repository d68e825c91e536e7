/// The suppression list, as it is written.
///
/// Enters: subjects who are erased.
/// Leaves: entries under their keys.
/// Never: an id of a person, or an entry under another secret than the list's.
@NullMarked
package dev.sluice.gdpr.suppression;

import org.jspecify.annotations.NullMarked;
