package dev.sluice.runtime.state;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/// Writes content of unknown length into a stream that goes on after it: blocks, each after its
/// length, and an empty one at the end. Closing it ends the content and leaves the stream open.
final class BlockOutput extends OutputStream {

    private static final int BLOCK_BYTES = 64 << 10;

    private final DataOutputStream out;
    private final byte[] block = new byte[BLOCK_BYTES];
    private int filled;

    BlockOutput(DataOutputStream out) {
        this.out = out;
    }

    @Override
    public void write(int value) throws IOException {
        if (filled == block.length) {
            writeBlock();
        }
        block[filled++] = (byte) value;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int at = offset;
        int end = offset + length;
        while (at < end) {
            if (filled == block.length) {
                writeBlock();
            }
            int part = Math.min(end - at, block.length - filled);
            System.arraycopy(bytes, at, block, filled, part);
            filled += part;
            at += part;
        }
    }

    @Override
    public void close() throws IOException {
        if (filled > 0) {
            writeBlock();
        }
        out.writeInt(0);
    }

    private void writeBlock() throws IOException {
        out.writeInt(filled);
        out.write(block, 0, filled);
        filled = 0;
    }
}
