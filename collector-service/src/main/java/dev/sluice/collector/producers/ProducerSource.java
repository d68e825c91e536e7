package dev.sluice.collector.producers;

import java.util.List;

/// Where keys are read from.
@FunctionalInterface
public interface ProducerSource {

    /// All keys, expired ones too, in no order.
    ///
    /// @throws dev.sluice.runtime.failure.TransientFailure if they cannot be read now
    /// @throws dev.sluice.runtime.failure.SetupFailure if they are not there or no keys
    List<ProducerKey> all();
}
