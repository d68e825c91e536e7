package dev.sluice.loader.queue;

import java.time.Instant;

/// A file that was set aside.
///
/// @param why it cannot be loaded
/// @param since when it is set aside
public record BlockedFile(LoadFile file, String why, Instant since) {}
