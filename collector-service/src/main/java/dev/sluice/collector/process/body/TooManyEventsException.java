package dev.sluice.collector.process.body;

import java.io.Serial;

/// Ends the walk through a body at the limit. Control flow inside this package.
final class TooManyEventsException extends RuntimeException {

    @Serial private static final long serialVersionUID = 1;

    TooManyEventsException() {
        super("too many events", null, false, false);
    }
}
