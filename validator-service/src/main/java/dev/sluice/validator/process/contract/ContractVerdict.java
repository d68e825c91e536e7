package dev.sluice.validator.process.contract;

import dev.sluice.contracts.rejection.Rejection;

import org.jspecify.annotations.Nullable;

/// What became of the comparison of an event with its contract.
public sealed interface ContractVerdict {

    /// @param schemaVersion of the contract that the event keeps
    record Kept(String schemaVersion) implements ContractVerdict {}

    /// @param contract type and version of the contract that was applied; null when there is none
    record Broken(Rejection rejection, @Nullable String contract) implements ContractVerdict {}
}
