package dev.sluice.contracts.evolution;

/// Why a set of contracts must not be published.
///
/// @param contract event type and version, or what else is wrong
/// @param text names the property, what is wrong with it, and what to do
public record Problem(String contract, String text) {

    /// One line for a person.
    @Override
    public String toString() {
        return contract + ": " + text;
    }
}
