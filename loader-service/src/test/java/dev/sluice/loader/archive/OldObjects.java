package dev.sluice.loader.archive;

import dev.sluice.runtime.stream.StreamRecord;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32C;

/// Writes archive objects as they were before.
final class OldObjects {

    private OldObjects() {}

    /// @param version 1, with a checksum of the index alone, or 2
    static byte[] write(int version, List<StreamRecord> records) {
        ByteArrayOutputStream object = new ByteArrayOutputStream();
        ByteArrayOutputStream index = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(object)) {
            DataOutputStream entries = new DataOutputStream(index);
            for (StreamRecord record : records) {
                byte[] sequence = record.sequence().toString().getBytes(StandardCharsets.US_ASCII);
                entries.writeLong(out.size());
                entries.writeInt(record.data().length);
                entries.writeLong(record.arrivedAt().toEpochMilli());
                entries.writeInt(1);
                entries.writeByte(sequence.length);
                entries.write(sequence);
                out.write(record.data());
            }
            out.write(index.toByteArray());
            out.writeInt(records.size());
            out.writeInt(index.size());
            CRC32C sum = new CRC32C();
            sum.update(version == 1 ? index.toByteArray() : object.toByteArray());
            out.writeInt((int) sum.getValue());
            out.writeByte(version);
            out.write("SLA".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return object.toByteArray();
    }
}
