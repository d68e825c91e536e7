package dev.sluice.validator;

import dev.sluice.validator.process.BatchCheck;
import dev.sluice.validator.process.duplicate.SeenIds;
import dev.sluice.validator.process.suppression.SuppressionFilter;

/// The steps of one shard between ingress and egress, in this order, as the service's settings want
/// them.
///
/// @param check may be shared with other shards
/// @param suppression for this shard alone
/// @param ids that the duplicate filter goes by, for this shard alone
public record ValidateSteps(BatchCheck check, SuppressionFilter suppression, SeenIds ids) {

    /// Makes the steps of shards.
    @FunctionalInterface
    public interface Source {

        /// Steps that remember nothing yet.
        ValidateSteps ofShard();
    }
}
