package dev.sluice.sdks;

/// One SDK, ready to send.
interface Sdk extends AutoCloseable {

    void send(SentEvent event);

    /// Returns when everything is delivered.
    ///
    /// @throws IllegalStateException if the SDK says that it gave something up
    @Override
    void close() throws InterruptedException;
}
