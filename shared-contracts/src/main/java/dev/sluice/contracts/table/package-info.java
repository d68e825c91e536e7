/// Enters: the columns that contracts ask for.
/// Leaves: the ordered columns of the events table, their types and where each value comes from.
/// Never: SQL statements, values, or the question whether a value fits its column.
@NullMarked
package dev.sluice.contracts.table;

import org.jspecify.annotations.NullMarked;
