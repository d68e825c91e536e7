package dev.sluice.loader.process;

import dev.sluice.contracts.rejection.Rejection;

import java.io.Serial;

/// Leaves the walk through an event at the first value that does not fit; never leaves this
/// package.
final class MisfitException extends Exception {

    @Serial private static final long serialVersionUID = 1;

    private final transient Rejection.DoesNotFit misfit;

    MisfitException(String column, String expected) {
        super(expected, null, false, false);
        this.misfit = new Rejection.DoesNotFit(column, expected);
    }

    Rejection.DoesNotFit misfit() {
        return misfit;
    }
}
