/// The events table once more, in ClickHouse.
///
/// Enters: rows.
/// Leaves: rows of a ReplacingMergeTree with the columns of the warehouse's table.
/// Never: a value of another type than its column has.
@NullMarked
package dev.sluice.loader.sink.clickhouse;

import org.jspecify.annotations.NullMarked;
