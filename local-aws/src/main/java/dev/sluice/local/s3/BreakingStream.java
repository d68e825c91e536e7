package dev.sluice.local.s3;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// Gives so many bytes and then breaks.
final class BreakingStream extends FilterInputStream {
    private final Runnable atBreak;
    private long left;

    BreakingStream(InputStream in, long left, Runnable atBreak) {
        super(in);
        this.left = left;
        this.atBreak = atBreak;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (left == 0) {
            atBreak.run();
            throw new IOException("broken on request");
        }
        int count = super.read(buffer, offset, (int) Math.min(length, left));
        left -= Math.max(0, count);
        return count;
    }
}
