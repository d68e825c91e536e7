package dev.sluice.collector.process.body;

import java.io.Serial;

/// Bytes that are not JSON. Control flow of whoever reads a body: beyond the reader it is a value.
public final class JsonSyntaxException extends RuntimeException {

    @Serial private static final long serialVersionUID = 1;

    private final int offset;

    /// @param message what was wrong; never what was found in a string
    /// @param offset in the body, from 0
    JsonSyntaxException(String message, int offset) {
        super(message, null, false, false);
        this.offset = offset;
    }

    String why() {
        return String.valueOf(getMessage());
    }

    int offset() {
        return offset;
    }
}
