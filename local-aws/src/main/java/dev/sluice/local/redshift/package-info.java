/// Enters: SQL of Redshift clients over JDBC, and files in S3 that COPY names.
/// Leaves: rows of a PostgreSQL that behaves as Amazon Redshift does, refusals included.
/// Never: anything of the services that use it; data for production.
@NullMarked
package dev.sluice.local.redshift;

import org.jspecify.annotations.NullMarked;
