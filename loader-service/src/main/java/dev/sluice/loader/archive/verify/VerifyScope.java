package dev.sluice.loader.archive.verify;

import dev.sluice.runtime.books.BooksStore;
import dev.sluice.runtime.stream.SequenceNumber;
import dev.sluice.runtime.stream.ShardId;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/// What is verified, and by what.
///
/// @param from the hour of this moment is the first
/// @param to the last hour begins before it
/// @param books null if counts are not compared
/// @param acknowledged the last frame of each shard that the archive has acknowledged; none if that
///     is not known
/// @param keep after which objects are removed
/// @param settle how long events may take from their receipt into archive and books
public record VerifyScope(
        Instant from,
        Instant to,
        @Nullable BooksStore books,
        Map<ShardId, SequenceNumber> acknowledged,
        Duration keep,
        Duration settle) {

    public VerifyScope {
        from = from.truncatedTo(ChronoUnit.HOURS);
        acknowledged = Map.copyOf(acknowledged);
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("from must be before to: " + from + ", " + to);
        }
    }

    /// When the last hour is over.
    Instant hoursEnd() {
        Instant hour = to.truncatedTo(ChronoUnit.HOURS);
        return hour.equals(to) ? to : hour.plus(1, ChronoUnit.HOURS);
    }
}
