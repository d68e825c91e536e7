package dev.sluice.local.kinesis;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/// A checked record on its way into a shard.
///
/// @param partitionKey the key in UTF-8
/// @param hashKey explicit, or derived from the partition key
record PendingRecord(byte[] partitionKey, BigInteger hashKey, byte[] data) {

    static PendingRecord of(String partitionKey, BigInteger hashKey, byte[] data) {
        return new PendingRecord(partitionKey.getBytes(StandardCharsets.UTF_8), hashKey, data);
    }

    /// What limits count: data and key, in bytes.
    int size() {
        return data.length + partitionKey.length;
    }
}
