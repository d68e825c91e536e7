package dev.sluice.local.kinesis;

/// A successful answer: the members of its object.
@FunctionalInterface
interface Reply {

    Reply EMPTY = out -> {};

    void writeTo(WireWriter out);

    /// Payload bytes to expect, to size the buffer.
    default int sizeHint() {
        return 0;
    }
}
