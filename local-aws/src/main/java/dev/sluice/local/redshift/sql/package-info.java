/// Enters: SQL text as a Redshift client wrote it, and what the session knows of the relations in
/// it.
/// Leaves: SQL that PostgreSQL runs with Redshift's meaning, COPY commands as records, refusals as
/// [RefusedStatement].
/// Never: I/O, sockets, JDBC; a regular expression over raw SQL.
@NullMarked
package dev.sluice.local.redshift.sql;

import org.jspecify.annotations.NullMarked;
