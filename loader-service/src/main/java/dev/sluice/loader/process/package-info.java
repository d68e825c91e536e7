/// Events become rows whose every value is known to fit its column.
///
/// Enters: enriched events, as sections of JSON bytes.
/// Leaves: rows in the order of the staging columns, or the column that a value does not fit.
/// Never: a value cut, rounded or guessed.
@NullMarked
package dev.sluice.loader.process;

import org.jspecify.annotations.NullMarked;
