/// Whether the columns of the warehouse are still those that files are made for.
///
/// Enters: the columns of files, and those of the tables.
/// Leaves: findings, each with its table and column.
/// Never: a change of a table, or a load that fails before the finding is told.
@NullMarked
package dev.sluice.loader.drift;

import org.jspecify.annotations.NullMarked;
