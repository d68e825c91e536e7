package dev.sluice.traffic.load;

import dev.sluice.traffic.BodyFormat;
import dev.sluice.traffic.PlannedBatch;
import dev.sluice.traffic.PlannedEvent;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/// The bytes of a request.
final class BatchBody {

    private BatchBody() {}

    static byte[] encode(PlannedBatch batch) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(2_048 * batch.events().size());
        try (OutputStream out = batch.gzip() ? new FastGzip(bytes) : bytes) {
            if (batch.format() == BodyFormat.ARRAY) {
                write(batch, "[", ",", "]", out);
            } else {
                write(batch, "", "\n", "\n", out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    private static void write(
            PlannedBatch batch, String before, String between, String after, OutputStream out)
            throws IOException {
        ascii(before, out);
        boolean first = true;
        for (PlannedEvent event : batch.events()) {
            ascii(first ? "" : between, out);
            out.write(event.json());
            first = false;
        }
        ascii(after, out);
    }

    private static void ascii(String text, OutputStream out) throws IOException {
        for (int i = 0; i < text.length(); i++) {
            out.write(text.charAt(i));
        }
    }

    /// The quickest level: the load should cost the collector's machine little.
    private static final class FastGzip extends GZIPOutputStream {
        FastGzip(OutputStream out) throws IOException {
            super(out, 8_192);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}
