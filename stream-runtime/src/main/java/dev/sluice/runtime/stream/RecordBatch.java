package dev.sluice.runtime.stream;

import java.time.Duration;
import java.util.List;

/// The next records of one shard. May be empty: an idle shard still ticks, so that windows close by
/// time and idle can be told from stuck.
///
/// @param behind how far the last record is behind the tip of the shard (iterator age)
/// @param token acknowledges these records and all before them; `none` when there are no records
public record RecordBatch(
        StreamName stream,
        ShardId shard,
        List<StreamRecord> records,
        Duration behind,
        AckToken token) {

    public RecordBatch {
        records = List.copyOf(records);
    }
}
