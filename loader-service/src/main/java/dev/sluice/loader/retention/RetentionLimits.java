package dev.sluice.loader.retention;

import java.time.Duration;

/// How long things are kept.
///
/// @param raw objects of the archive; a rule of the bucket removes them, here they are only looked
///     for
/// @param events rows of events and sessions, by when they happened or began; in whole months
/// @param files of events, by the day in which these happened
/// @param figures by day, once their events are gone
/// @param maxHours of events that one turn deletes, each in a transaction of its own
/// @param maxFiles that one turn deletes
public record RetentionLimits(
        Duration raw,
        Duration events,
        Duration files,
        Duration figures,
        int maxHours,
        int maxFiles) {}
