package dev.sluice.local.kinesis;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/// One record in a segment file, big-endian: body length (4), CRC-32C of the body (4), then the
/// body: logical offset (8), arrival in milliseconds (8), key length (2), key, data. The offset
/// inside the checked body proves that a number given by a client points at a record and not into
/// one.
final class RecordFrame {

    static final int PREFIX = 8;
    static final int FIXED_BODY = 18;

    /// Longest body that is believed when reading: a record of 1 MiB with its key, generously.
    static final int MAX_BODY = 2 << 20;

    private RecordFrame() {}

    static int sizeOf(PendingRecord record) {
        return PREFIX + FIXED_BODY + record.size();
    }

    /// Appends the frame to `target`.
    static void encode(PendingRecord record, long offset, long arrivalMillis, ByteBuffer target) {
        int start = target.position();
        int body = FIXED_BODY + record.size();
        target.position(start + PREFIX);
        target.putLong(offset).putLong(arrivalMillis);
        target.putShort((short) record.partitionKey().length);
        target.put(record.partitionKey()).put(record.data());
        target.putInt(start, body);
        target.putInt(
                start + 4, checksum(target.array(), target.arrayOffset() + start + PREFIX, body));
    }

    static int checksum(byte[] bytes, int from, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, length);
        return (int) crc.getValue();
    }
}
