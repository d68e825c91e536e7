package dev.sluice.loader.sink;

import dev.sluice.contracts.frame.FrameDecoder;
import dev.sluice.loader.layout.EventRows;
import dev.sluice.runtime.reference.Reference;

/// What the pipelines of all shards share.
public record SinkSteps(
        FrameDecoder decoder,
        Reference<EventRows> rows,
        SinkRules rules,
        Sink sink,
        DeadLetters letters,
        SinkMetrics metrics) {}
