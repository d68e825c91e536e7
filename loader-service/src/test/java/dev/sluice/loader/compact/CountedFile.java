package dev.sluice.loader.compact;

import org.apache.parquet.io.DelegatingSeekableInputStream;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;

import java.io.ByteArrayInputStream;

/// A Parquet file in memory that counts the bytes that are read of it.
final class CountedFile implements InputFile {

    private final byte[] content;
    private long bytesRead;

    CountedFile(byte[] content) {
        this.content = content;
    }

    long bytesRead() {
        return bytesRead;
    }

    @Override
    public long getLength() {
        return content.length;
    }

    @Override
    public SeekableInputStream newStream() {
        Content in = new Content(content);
        return new DelegatingSeekableInputStream(in) {

            @Override
            public long getPos() {
                return in.position();
            }

            @Override
            public void seek(long position) {
                in.seek(position);
            }
        };
    }

    private final class Content extends ByteArrayInputStream {

        Content(byte[] content) {
            super(content);
        }

        long position() {
            return pos;
        }

        void seek(long position) {
            pos = Math.toIntExact(position);
        }

        @Override
        public synchronized int read() {
            bytesRead++;
            return super.read();
        }

        @Override
        public synchronized int read(byte[] target, int offset, int length) {
            int read = super.read(target, offset, length);
            bytesRead += Math.max(read, 0);
            return read;
        }
    }
}
