package dev.sluice.local.s3;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// The same bytes, but for a bit of the first.
final class FlippedFirstBit extends FilterInputStream {
    private boolean flipped;

    FlippedFirstBit(InputStream in) {
        super(in);
    }

    @Override
    public int read() throws IOException {
        int b = super.read();
        if (flipped || b < 0) {
            return b;
        }
        flipped = true;
        return b ^ 1;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = super.read(buffer, offset, length);
        if (!flipped && count > 0) {
            flipped = true;
            buffer[offset] ^= 1;
        }
        return count;
    }
}
