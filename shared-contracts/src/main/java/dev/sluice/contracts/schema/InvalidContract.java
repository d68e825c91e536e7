package dev.sluice.contracts.schema;

import org.jspecify.annotations.Nullable;

/// A contract, or a set of contracts, that cannot be used. The message names the file (or both
/// contracts of a conflict) and what is wrong with it. Nothing of the set may be used; a holder of
/// an older good set keeps that.
public final class InvalidContract extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /// @param place the file or contract that is wrong
    /// @param problem what is wrong with it
    public InvalidContract(String place, String problem) {
        this(place, problem, null);
    }

    InvalidContract(String place, String problem, @Nullable Throwable cause) {
        super(place + ": " + problem, cause);
    }
}
