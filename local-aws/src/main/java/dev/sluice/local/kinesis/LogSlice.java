package dev.sluice.local.kinesis;

import java.util.List;

/// What one read of a shard's log gave.
///
/// @param next logical offset to read from next
/// @param bytes data and key bytes of the records
record LogSlice(List<StoredRecord> records, long next, long bytes) {}
