package dev.sluice.local.s3;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// The same bytes, but for a bit of one.
final class FlippedBit extends FilterInputStream {
    /// Bytes before the one to change; below zero when it is past.
    private long left;

    FlippedBit(InputStream in, long at) {
        super(in);
        this.left = at;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = super.read(buffer, offset, length);
        if (left >= 0 && count > left) {
            buffer[offset + (int) left] ^= 1;
        }
        left -= Math.max(0, count);
        return count;
    }
}
