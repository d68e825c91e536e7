package dev.sluice.loader.process;

import org.jspecify.annotations.Nullable;

/// One row of the staging table. Values are in the order of `EventsTable.stagingColumns()`: text
/// and JSON as UTF-8 `byte[]`, whole numbers and timestamps (microseconds since 1970 in UTC) as
/// `Long`, decimals as `BigDecimal` of the column's scale, `Double`, `Boolean`, or null.
///
/// @param eventHour hours since 1970 in UTC of the event time, which names the partition
/// @param eventMicros event time, microseconds since 1970
/// @param receivedMicros time of receipt, microseconds since 1970
public record Row(
        @Nullable Object[] values, long eventHour, long eventMicros, long receivedMicros) {}
