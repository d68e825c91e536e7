package dev.sluice.gdpr;

import java.time.Instant;

/// Waits until every task drops the events of who is on the list, and those on their way before
/// have come to rest.
@FunctionalInterface
public interface Settling {

    /// Returns when it is later than that.
    ///
    /// @param listedAt when the subjects were put on the list
    void await(Instant listedAt);
}
