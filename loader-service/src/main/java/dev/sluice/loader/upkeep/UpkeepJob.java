package dev.sluice.loader.upkeep;

import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/// Something to be done for the warehouse again and again, by the leader.
public interface UpkeepJob {

    /// For meters, health and the log; of lower case letters.
    String name();

    /// Between two turns, at least.
    Duration interval();

    /// One turn. May be cut off and repeated, by another task too.
    ///
    /// @param goOn whether there is time left: false when this task ends or does not lead any more
    /// @return what a person should know; empty if all is well
    /// @throws dev.sluice.runtime.failure.TransientFailure if it may work later
    /// @throws dev.sluice.runtime.failure.SetupFailure if the warehouse refuses
    String turn(Instant now, BooleanSupplier goOn);
}
