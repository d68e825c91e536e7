package dev.sluice.traffic.load;

/// How the sending of a batch ended, after all its tries.
public enum Outcome {
    /// A try was answered 200: from here on the collector owes every event.
    ACKNOWLEDGED,
    /// Every try was answered or found nobody, none was answered 200: the collector owes nothing.
    REFUSED,
    /// No try was answered 200 and at least one had no answer: the collector may have the events or
    /// not.
    UNKNOWN
}
