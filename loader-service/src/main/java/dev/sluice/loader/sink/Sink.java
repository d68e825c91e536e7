package dev.sluice.loader.sink;

import java.util.List;

/// A store of events. Thread-safe: the shards of a task share one.
///
/// Every call throws {@link dev.sluice.runtime.failure.TransientFailure} when the store cannot be
/// reached or is overloaded, and {@link dev.sluice.runtime.failure.SetupFailure} when it refuses
/// what is no fault of the rows: credentials, a missing permission, a table of another form.
public interface Sink {

    /// For people, metrics and keys of objects, such as `opensearch`; never changes.
    String name();

    /// Writes rows durably. Writing a row again, or an older one after a newer one of the same
    /// event, changes nothing.
    ///
    /// @param window names the records that the rows come from
    /// @param rows one or more
    SinkAnswer write(String window, List<SinkRow> rows);

    /// Returns when nothing is left of what was written before of these persons. Doing it again is
    /// right.
    void erase(SinkErasure erasure);
}
