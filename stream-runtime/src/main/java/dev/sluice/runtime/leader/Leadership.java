package dev.sluice.runtime.leader;

import java.time.Instant;

/// The claim to be the leader.
///
/// @param fence grows with every new leader; whatever a leader changes refuses one older than the
///     newest it has seen (Kleppmann, "How to do distributed locking", fencing tokens)
/// @param until when it lapses by this task's clock, unless it is claimed again before
public record Leadership(long fence, Instant until) {

    public boolean holdsAt(Instant now) {
        return now.isBefore(until);
    }
}
