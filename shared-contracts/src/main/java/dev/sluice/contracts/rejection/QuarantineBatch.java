package dev.sluice.contracts.rejection;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// What a record of the quarantine's stream holds: newline-delimited [QuarantineRecord]s,
/// compressed with zstd (RFC 8878) so that `zstd -d` shows them.
public final class QuarantineBatch {

    /// A record of Kinesis with its key is at most a mebibyte.
    private static final int LARGEST = (1 << 20) - 256;

    /// Lines of one batch, so that batches stay small when they do not compress.
    private static final int WANTED = 1 << 20;

    /// More than any batch of ours holds: two lines as long as they may be.
    private static final int LARGEST_CONTENT = 64 << 20;

    private static final int LEVEL = 1;

    private QuarantineBatch() {}

    /// Batches that hold these records, in order.
    ///
    /// @throws IllegalArgumentException if one record is too large by itself, which none is whose
    ///     large original is in an object of its own
    public static List<byte[]> encode(List<QuarantineRecord> records) {
        List<byte[]> batches = new ArrayList<>();
        List<byte[]> lines = new ArrayList<>();
        int bytes = 0;
        for (QuarantineRecord refused : records) {
            byte[] line = refused.encode();
            if (!lines.isEmpty() && bytes + line.length > WANTED) {
                add(lines, batches);
                lines = new ArrayList<>();
                bytes = 0;
            }
            lines.add(line);
            bytes += line.length + 1;
        }
        if (!lines.isEmpty()) {
            add(lines, batches);
        }
        return batches;
    }

    /// The records of a batch.
    ///
    /// @throws IllegalArgumentException saying what is wrong, if it is none
    public static List<QuarantineRecord> decode(byte[] batch) {
        long size = batch.length == 0 ? -1 : Zstd.getFrameContentSize(batch);
        if (size < 0 || size > LARGEST_CONTENT) {
            throw new IllegalArgumentException(
                    "not a batch of quarantine records: its size would be " + size);
        }
        try {
            byte[] lines = Zstd.decompress(batch, (int) size);
            return new String(lines, StandardCharsets.UTF_8)
                    .lines()
                    .map(QuarantineRecord::decode)
                    .toList();
        } catch (ZstdException e) {
            throw new IllegalArgumentException("not a batch of quarantine records", e);
        }
    }

    /// One batch of all lines, or two of half each while it comes out too large.
    private static void add(List<byte[]> lines, List<byte[]> batches) {
        byte[] batch = compressed(lines);
        if (batch.length <= LARGEST) {
            batches.add(batch);
            return;
        }
        if (lines.size() == 1) {
            throw new IllegalArgumentException(
                    "one quarantine record makes a batch of " + batch.length + " bytes");
        }
        int half = lines.size() / 2;
        add(lines.subList(0, half), batches);
        add(lines.subList(half, lines.size()), batches);
    }

    private static byte[] compressed(List<byte[]> lines) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (byte[] line : lines) {
            bytes.writeBytes(line);
            bytes.write('\n');
        }
        return Zstd.compress(bytes.toByteArray(), LEVEL);
    }
}
