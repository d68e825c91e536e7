package dev.sluice.sdks;

import java.time.Instant;
import java.util.Map;

/// An event that an SDK is given.
///
/// @param run names the process that sends it
/// @param seq counts from 0
record SentEvent(String run, int seq, Instant time) {

    String user() {
        return "u-" + run + "-" + seq;
    }

    String anonymous() {
        return "a-" + run + "-" + seq;
    }

    Map<String, Object> properties() {
        return Map.of("run_id", run, "seq", seq, "note", "héllo 世界 🚀", "price", 12.5);
    }

    /// As the drivers of other languages print it.
    String line() {
        return "{\"run\":\"%s\",\"seq\":%d,\"user\":\"%s\",\"anonymous\":\"%s\",\"time\":%d}"
                .formatted(run, seq, user(), anonymous(), time.toEpochMilli());
    }
}
