package dev.sluice.loader.quality;

import dev.sluice.contracts.schema.Owner;

import org.jspecify.annotations.Nullable;

/// Something unusual about the events of the last hour.
///
/// @param owner of the contract; null if there is none
/// @param observed events, or a share from 0 to 1
/// @param usual the same on other days; 0 if that is not known
/// @param message for a person; without a value of an event
record Finding(
        Subject subject, @Nullable Owner owner, double observed, double usual, String message) {

    /// What it is about; as long as that is unusual it is one finding.
    ///
    /// @param type an empty part means all that there are
    /// @param field empty unless it is about one
    record Subject(Signal signal, TypeKey type, String field) {}

    /// The owner's team; `nobody` if there is no contract.
    String team() {
        return owner == null ? "nobody" : owner.team();
    }

    /// The owner's address; empty if there is no contract.
    String contact() {
        return owner == null ? "" : owner.contact();
    }
}
