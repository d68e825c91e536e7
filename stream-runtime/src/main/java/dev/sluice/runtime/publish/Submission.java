package dev.sluice.runtime.publish;

import dev.sluice.runtime.failure.TransientFailure;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/// What a {@link GroupCommitPublisher} says to values handed to it.
public sealed interface Submission {

    /// Taken over.
    ///
    /// @param stored completes when the stream has every value; completes with a {@link
    ///     TransientFailure} or {@link dev.sluice.runtime.failure.SetupFailure} when one could not
    ///     be stored. What hangs on it must not block.
    record Accepted(CompletableFuture<Void> stored) implements Submission {

        /// Waits until every value is stored or the publisher's deadline is over. There is no
        /// timeout beside that one: a timed wait of each request woke another thread for each.
        ///
        /// @throws TransientFailure if it could not be done in time; it may still happen afterwards
        /// @throws dev.sluice.runtime.failure.SetupFailure if the stream does not exist or access
        ///     is refused
        public void await() {
            try {
                stored.get();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof RuntimeException failure) {
                    throw failure;
                }
                throw new TransientFailure("not stored", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new TransientFailure("interrupted before all was stored", e);
            }
        }
    }

    /// Not taken: too much is in flight. Nothing was sent; try again a little later.
    ///
    /// @param bytesInFlight what was in flight
    /// @param limit what may be
    record Full(long bytesInFlight, long limit) implements Submission {}

    /// Not taken: the publisher is closing or closed.
    record Closing() implements Submission {}
}
