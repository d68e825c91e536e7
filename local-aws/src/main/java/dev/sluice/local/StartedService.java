package dev.sluice.local;

import java.util.function.UnaryOperator;

/// An emulator that answers, and where.
///
/// @param server the emulator itself
/// @param location adds its endpoint
record StartedService(AutoCloseable server, UnaryOperator<LocalEndpoints> location) {}
