package dev.sluice.runtime.identity;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;

/// An id belongs to a person from a moment on.
///
/// @param since to the microsecond
/// @param person key of the id that it belongs to, which may be linked itself
/// @param eventId of the event that says so
public record Link(Instant since, String person, String eventId) implements Comparable<Link> {

    private static final Comparator<Link> ORDER =
            Comparator.comparing(Link::since)
                    .thenComparing(Link::eventId)
                    .thenComparing(Link::person);

    public Link {
        since = since.truncatedTo(ChronoUnit.MICROS);
    }

    /// By time; of two of one moment everybody has the same order.
    @Override
    public int compareTo(Link other) {
        return ORDER.compare(this, other);
    }
}
