package dev.sluice.local.redshift.copy;

import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;
import org.jspecify.annotations.Nullable;

import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.regex.Pattern;

/// A Parquet file in S3, read in ranges. Objects up to one window are fetched by a single request.
final class S3InputFile implements InputFile {

    /// Bytes fetched at a time unless more are asked for at once.
    static final int WINDOW = 8 << 20;

    private static final Pattern MD5 = Pattern.compile("[0-9a-f]{32}");

    private final S3Client s3;
    private final S3Object object;

    /// The object itself once it was asked for, when it is no larger than a window.
    private @Nullable Future<byte[]> whole;

    S3InputFile(S3Client s3, S3Object object) {
        this.s3 = s3;
        this.object = object;
    }

    S3Object object() {
        return object;
    }

    /// Begins to fetch the object, if it is small, so that it is there when it is read.
    void prefetch(ExecutorService threads) {
        if (object.size() > 0 && object.size() <= WINDOW) {
            whole = threads.submit(() -> fetch(0, (int) object.size()));
        }
    }

    private byte[] fetchWhole() throws IOException {
        Future<byte[]> fetched = whole;
        if (fetched == null) {
            fetched = CompletableFuture.completedFuture(fetch(0, (int) object.size()));
            whole = fetched;
        }
        try {
            return fetched.get();
        } catch (ExecutionException e) {
            throw new IOException("cannot read " + object.url(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while reading " + object.url());
        }
    }

    @Override
    public long getLength() {
        return object.size();
    }

    @Override
    public SeekableInputStream newStream() {
        return new RangeStream();
    }

    private byte[] fetch(long from, int length) throws IOException {
        try {
            String range = "bytes=" + from + "-" + (from + length - 1);
            ResponseBytes<GetObjectResponse> answer =
                    s3.getObjectAsBytes(
                            get -> get.bucket(object.bucket()).key(object.key()).range(range));
            byte[] bytes = answer.asByteArrayUnsafe();
            if (bytes.length != length) {
                throw new IOException("short read of " + object.url());
            }
            if (length == object.size()) {
                requireIntact(bytes, answer.response().eTag());
            }
            return bytes;
        } catch (SdkException e) {
            throw new IOException("cannot read " + object.url() + ": " + S3Objects.describe(e), e);
        }
    }

    /// A warehouse reads over TLS, which lets no flipped bit pass. Here the MD5 of the object shows
    /// it, which is its ETag if it was put in one piece; of larger ones the pages have checksums.
    private void requireIntact(byte[] bytes, @Nullable String eTag) throws IOException {
        String expected = eTag == null ? "" : eTag.replace("\"", "");
        if (MD5.matcher(expected).matches() && !expected.equals(md5(bytes))) {
            throw new IOException("damaged read of " + object.url());
        }
    }

    private static String md5(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has MD5", e);
        }
    }

    private final class RangeStream extends SeekableInputStream {

        private byte[] window = new byte[0];
        private long windowStart;
        private long position;

        @Override
        public long getPos() {
            return position;
        }

        @Override
        public void seek(long newPosition) {
            position = newPosition;
        }

        @Override
        public int read() throws IOException {
            return fill(1) == 0 ? -1 : window[(int) (position++ - windowStart)] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            int available = fill(length);
            if (available == 0) {
                return -1;
            }
            int taken = Math.min(available, length);
            System.arraycopy(window, (int) (position - windowStart), target, offset, taken);
            position += taken;
            return taken;
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            int wanted = target.remaining();
            int available = fill(wanted);
            if (available == 0) {
                return wanted == 0 ? 0 : -1;
            }
            int taken = Math.min(available, wanted);
            target.put(window, (int) (position - windowStart), taken);
            position += taken;
            return taken;
        }

        @Override
        public void readFully(byte[] target) throws IOException {
            readFully(target, 0, target.length);
        }

        @Override
        public void readFully(byte[] target, int offset, int length) throws IOException {
            readFully(ByteBuffer.wrap(target, offset, length));
        }

        @Override
        public void readFully(ByteBuffer target) throws IOException {
            while (target.hasRemaining()) {
                if (read(target) < 0) {
                    throw new EOFException("end of " + object.url());
                }
            }
        }

        /// Makes the window hold the byte at the position, if there is one; the count of bytes it
        /// holds from there.
        private int fill(int wanted) throws IOException {
            long behind = windowStart + window.length - position;
            if (position >= windowStart && behind > 0) {
                return (int) behind;
            }
            long left = object.size() - position;
            if (left <= 0 || wanted == 0) {
                return 0;
            }
            if (object.size() <= WINDOW) {
                windowStart = 0;
                window = fetchWhole();
            } else {
                windowStart = position;
                window = fetch(position, (int) Math.min(left, Math.max(WINDOW, wanted)));
            }
            return (int) (windowStart + window.length - position);
        }
    }
}
