/// A day of the archive that is replayed again and again while live traffic flows: what it does to
/// the table, and to the freshness of live events.
///
/// Enters: how many events, over how many days, beside which live rate.
/// Leaves: figures, findings by claim, and an exit code.
/// Never: a judgement by the counts of a replay alone; the table is read before and after.
@NullMarked
package dev.sluice.day;

import org.jspecify.annotations.NullMarked;
