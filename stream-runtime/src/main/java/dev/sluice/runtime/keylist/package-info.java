/// Lists of keys that many tasks hold in memory and a few write.
///
/// Enters: keys with a bound, each of an owner.
/// Leaves: the whole list, and whether it has changed.
/// Never: a bound that falls, or a change that a reader of the version before does not see.
@NullMarked
package dev.sluice.runtime.keylist;

import org.jspecify.annotations.NullMarked;
