package dev.sluice.collector.process.protocol.segment;

import dev.sluice.collector.process.body.JsonObject;

import org.jspecify.annotations.Nullable;

/// What a request says of all its events.
///
/// @param call that the path names, for events that name none
/// @param sentAt for events that have none of their own
/// @param anonymousId for events that have none of their own
/// @param context below that of each event; Segment's Java SDK names itself only here
record Envelope(
        @Nullable Call call,
        @Nullable String sentAt,
        @Nullable String anonymousId,
        JsonObject context) {}
