package dev.sluice.collector.process.body;

import java.util.Objects;

/// Finds the events of a body: root values one after another until it ends, arrays flattened one
/// level. That is one object, pretty-printed or not, an array, and NDJSON alike. Thread-safe.
public final class BodySplitter {

    private final BodyLimits limits;
    private final EventReader reader;

    public BodySplitter(BodyLimits limits) {
        this.limits = limits;
        reader = new EventReader(limits, TypeRule.SNAKE_CASE);
    }

    /// @param body is shared by the events of the answer and must not be written to afterwards
    /// @param length bytes of it that count
    public SplitBody split(byte[] body, int length, BodyForm form) {
        Objects.checkFromIndexSize(0, length, body.length);
        return new SplitPass(body, length, form, limits, reader).run();
    }
}
