package dev.sluice.contracts.lines;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Newline-delimited text, compressed with zstd (RFC 8878) so that `zstd -d` shows it: what a
/// record of a stream holds that carries no frames.
public final class LineBatch {

    /// A record of Kinesis with its key is at most a mebibyte.
    private static final int LARGEST = (1 << 20) - 256;

    /// Lines of one batch, so that batches stay small when they do not compress.
    private static final int WANTED = 1 << 20;

    /// More than any batch of ours holds: two lines as long as they may be.
    private static final int LARGEST_CONTENT = 64 << 20;

    private static final int LEVEL = 1;

    private LineBatch() {}

    /// Batches that hold these lines, in order.
    ///
    /// @param lines in UTF-8, without newlines
    /// @throws IllegalArgumentException if one line is too large by itself even when compressed
    public static List<byte[]> encode(List<byte[]> lines) {
        List<byte[]> batches = new ArrayList<>();
        List<byte[]> open = new ArrayList<>();
        int bytes = 0;
        for (byte[] line : lines) {
            if (!open.isEmpty() && bytes + line.length > WANTED) {
                add(open, batches);
                open = new ArrayList<>();
                bytes = 0;
            }
            open.add(line);
            bytes += line.length + 1;
        }
        if (!open.isEmpty()) {
            add(open, batches);
        }
        return batches;
    }

    /// The lines of a batch.
    ///
    /// @throws IllegalArgumentException saying what is wrong, if it is none
    public static List<String> decode(byte[] batch) {
        long size = batch.length == 0 ? -1 : Zstd.getFrameContentSize(batch);
        if (size < 0 || size > LARGEST_CONTENT) {
            throw new IllegalArgumentException("not a batch of lines: its size would be " + size);
        }
        try {
            byte[] lines = Zstd.decompress(batch, (int) size);
            return new String(lines, StandardCharsets.UTF_8).lines().toList();
        } catch (ZstdException e) {
            throw new IllegalArgumentException("not a batch of lines", e);
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
                    "one line makes a batch of " + batch.length + " bytes");
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
