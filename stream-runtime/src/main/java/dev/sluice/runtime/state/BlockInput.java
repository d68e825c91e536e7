package dev.sluice.runtime.state;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/// Reads what {@link BlockOutput} wrote. Closing it passes over what was not read and leaves the
/// stream open, right after the content.
final class BlockInput extends InputStream {

    private final DataInputStream in;
    private int left;
    private boolean ended;

    BlockInput(DataInputStream in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        if (!hasMore()) {
            return -1;
        }
        left--;
        return in.readUnsignedByte();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!hasMore()) {
            return -1;
        }
        int part = in.read(bytes, offset, Math.min(length, left));
        if (part < 0) {
            throw new EOFException("cut off inside a block");
        }
        left -= part;
        return part;
    }

    @Override
    public void close() throws IOException {
        while (hasMore()) {
            in.skipNBytes(left);
            left = 0;
        }
    }

    private boolean hasMore() throws IOException {
        if (left == 0 && !ended) {
            left = in.readInt();
            if (left < 0) {
                throw new IOException("a block of negative length");
            }
            ended = left == 0;
        }
        return left > 0;
    }
}
