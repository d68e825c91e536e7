/// Events of before a login become the user's, in the warehouse.
///
/// Enters: ids whose links changed.
/// Leaves: `events` with the person that these ids belong to now.
/// Never: a turn that keeps loads waiting for longer than an update of a bounded number of rows.
@NullMarked
package dev.sluice.loader.identities;

import org.jspecify.annotations.NullMarked;
