package dev.sluice.collector.process.protocol;

import dev.sluice.collector.process.body.ForeignEvents;

/// A way in which SDKs send events: a pure mapping of a request to canonical events. Thread-safe.
@FunctionalInterface
public interface Protocol {

    ForeignEvents read(ForeignRequest request);
}
