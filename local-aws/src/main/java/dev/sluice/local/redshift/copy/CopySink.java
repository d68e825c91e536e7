package dev.sluice.local.redshift.copy;

import java.io.IOException;

/// Where rows in COPY text format go. A write may block, which is the back pressure of the load.
@FunctionalInterface
public interface CopySink {

    /// @throws IOException when the receiver is gone or has refused the load; the source stops
    ///     reading then
    void write(byte[] buffer, int offset, int length) throws IOException;
}
