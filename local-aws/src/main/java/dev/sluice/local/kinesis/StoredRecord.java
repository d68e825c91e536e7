package dev.sluice.local.kinesis;

/// A record as read back; its data is a slice of a larger read.
///
/// @param offset logical byte offset in the shard's log
/// @param arrivalMillis when the server took it, milliseconds since 1970
record StoredRecord(
        long offset, long arrivalMillis, String partitionKey, byte[] buffer, int from, int length) {

    byte[] data() {
        byte[] copy = new byte[length];
        System.arraycopy(buffer, from, copy, 0, length);
        return copy;
    }
}
