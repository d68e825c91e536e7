/// Enters: connections of Redshift drivers (PostgreSQL protocol 3.0 with Redshift's additions).
/// Leaves: the same conversation with a PostgreSQL server, translated; COPY from S3 run inside the
/// client's session.
/// Never: the meaning of SQL (that is `sql`), the reading of files (that is `copy`), JDBC.
@NullMarked
package dev.sluice.local.redshift.wire;

import org.jspecify.annotations.NullMarked;
