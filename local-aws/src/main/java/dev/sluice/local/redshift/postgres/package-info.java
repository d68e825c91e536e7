/// Enters: a directory and the names of a database and its user.
/// Leaves: a running PostgreSQL 18 with Redshift's functions and rules installed, whatever the
/// last process left behind.
/// Never: client SQL, the wire protocol; a process that it has not proved to be the postmaster of
/// its own directory.
@NullMarked
package dev.sluice.local.redshift.postgres;

import org.jspecify.annotations.NullMarked;
