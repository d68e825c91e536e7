package dev.sluice.local.kinesis;

/// The service's limits for one shard: in 1 MiB and 1,000 records a second, out 2 MiB and 5 reads a
/// second.
///
/// A read may exceed the byte limit once and then waits until the debt is paid, as the service does
/// with its 10 MB reads. Source: Amazon Kinesis Data Streams developer guide, "Quotas and limits".
final class ShardThroughput {

    static final int WRITE_BYTES = 1 << 20;
    static final int WRITE_RECORDS = 1000;
    static final int READ_BYTES = 2 << 20;
    static final int READ_CALLS = 5;

    private final TokenBucket writeBytes = new TokenBucket(WRITE_BYTES);
    private final TokenBucket writeRecords = new TokenBucket(WRITE_RECORDS);
    private final TokenBucket readBytes = new TokenBucket(READ_BYTES);
    private final TokenBucket readCalls = new TokenBucket(READ_CALLS);

    /// Whether a record of this size may be written now; counts it if so.
    synchronized boolean admitsWrite(int bytes, long nowMillis) {
        writeBytes.refill(nowMillis);
        writeRecords.refill(nowMillis);
        if (!writeBytes.has(bytes) || !writeRecords.has(1)) {
            return false;
        }
        writeBytes.take(bytes);
        writeRecords.take(1);
        return true;
    }

    /// Whether a read may start now; counts it if so.
    synchronized boolean admitsRead(long nowMillis) {
        readBytes.refill(nowMillis);
        readCalls.refill(nowMillis);
        if (!readBytes.has(0) || !readCalls.has(1)) {
            return false;
        }
        readCalls.take(1);
        return true;
    }

    synchronized void countRead(long bytes) {
        readBytes.take((double) bytes);
    }
}
