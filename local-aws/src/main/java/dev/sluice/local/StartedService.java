package dev.sluice.local;

import java.util.function.UnaryOperator;

/// An emulator that answers, and where.
///
/// @param server the emulator itself
/// @param needs what it was given and nobody else uses
/// @param location adds its endpoint
record StartedService(
        AutoCloseable server, AutoCloseable needs, UnaryOperator<LocalEndpoints> location) {
    StartedService(AutoCloseable server, UnaryOperator<LocalEndpoints> location) {
        this(server, () -> {}, location);
    }

    /// The server first, then what it needs.
    void close() throws Exception {
        try (needs) {
            server.close();
        }
    }
}
