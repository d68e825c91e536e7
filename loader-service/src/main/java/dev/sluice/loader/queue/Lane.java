package dev.sluice.loader.queue;

/// Which files of the queue stand in one line, oldest first, so that many small ones for which
/// nobody waits do not hide others behind them.
public enum Lane {
    /// Live events that are not late.
    ON_TIME,

    /// Late events, and rows of other tables.
    OTHERS,

    /// Events that are restated or brought in from history.
    REPLAYED
}
