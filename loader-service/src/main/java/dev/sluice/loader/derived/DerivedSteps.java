package dev.sluice.loader.derived;

import dev.sluice.loader.publish.QuarantineStream;
import dev.sluice.loader.queue.LoadQueue;

/// What the pipelines of all shards share.
public record DerivedSteps(
        QuarantineStream quarantine, DerivedFiles files, LoadQueue queue, DerivedMetrics metrics) {}
