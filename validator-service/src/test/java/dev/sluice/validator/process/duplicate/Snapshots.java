package dev.sluice.validator.process.duplicate;

import dev.sluice.runtime.state.StatePart;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/// What a part writes, as bytes.
final class Snapshots {

    private Snapshots() {}

    static byte[] all(StatePart part) {
        return write(part::writeAll);
    }

    static byte[] changes(StatePart part) {
        return write(part::writeChanges);
    }

    static DataInput input(byte[] written) {
        return new DataInputStream(new ByteArrayInputStream(written));
    }

    private static byte[] write(Writer writer) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            writer.write(new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    @FunctionalInterface
    private interface Writer {
        void write(DataOutputStream out) throws IOException;
    }
}
