package dev.sluice.runtime.kinesis;

import dev.sluice.runtime.failure.TransientFailure;

import org.jspecify.annotations.Nullable;

import software.amazon.awssdk.core.sync.RequestBody;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The content of an object before it is published: in memory up to a size, then in a file that is
/// gone afterwards.
final class SpooledContent extends OutputStream {

    private static final String MIME_TYPE = "application/octet-stream";

    private final Path directory;
    private final int inMemory;
    private ByteArrayOutputStream memory = new ByteArrayOutputStream();
    private @Nullable Path file;
    private @Nullable OutputStream fileOut;
    private long size;

    /// @param directory where a large content's file is kept
    /// @param inMemory the most bytes kept in memory
    SpooledContent(Path directory, int inMemory) {
        this.directory = directory;
        this.inMemory = inMemory;
    }

    @Override
    public void write(int oneByte) {
        write(new byte[] {(byte) oneByte}, 0, 1);
    }

    /// @throws TransientFailure when the spool directory takes no more: there may be space later
    @Override
    public void write(byte[] bytes, int offset, int length) {
        try {
            target(length).write(bytes, offset, length);
        } catch (IOException e) {
            throw unwritable(e);
        }
        size += length;
    }

    private TransientFailure unwritable(IOException cause) {
        return new TransientFailure("spool directory " + directory + ": " + cause, cause);
    }

    /// The content so far, readable as often as a retry needs it.
    RequestBody body() {
        if (file == null) {
            byte[] bytes = memory.toByteArray();
            return RequestBody.fromContentProvider(
                    () -> new ByteArrayInputStream(bytes), bytes.length, MIME_TYPE);
        }
        try {
            if (fileOut != null) {
                fileOut.flush();
            }
        } catch (IOException e) {
            throw unwritable(e);
        }
        return RequestBody.fromFile(file);
    }

    long size() {
        return size;
    }

    @Nullable Path file() {
        return file;
    }

    /// Frees memory and disk.
    void delete() {
        memory = new ByteArrayOutputStream(0);
        if (file == null) {
            return;
        }
        try {
            if (fileOut != null) {
                fileOut.close();
            }
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + file, e);
        }
    }

    private OutputStream target(int length) throws IOException {
        if (fileOut != null) {
            return fileOut;
        }
        if (size + length <= inMemory) {
            return memory;
        }
        Path spool = Files.createTempFile(directory, "object-", ".spool");
        file = spool; // from now on, so that it is deleted even if it cannot be filled
        OutputStream out = Files.newOutputStream(spool);
        fileOut = out;
        memory.writeTo(out);
        memory = new ByteArrayOutputStream(0);
        return out;
    }
}
