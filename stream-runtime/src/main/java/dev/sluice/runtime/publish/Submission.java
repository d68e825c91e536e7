package dev.sluice.runtime.publish;

import dev.sluice.runtime.failure.TransientFailure;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// What a {@link GroupCommitPublisher} says to values handed to it.
public sealed interface Submission {

    /// Taken over.
    ///
    /// @param stored completes when the stream has every value; completes with a {@link
    ///     TransientFailure} or {@link dev.sluice.runtime.failure.SetupFailure} when one could not
    ///     be stored. What hangs on it must not block.
    record Accepted(CompletableFuture<Void> stored) implements Submission {

        /// Waits until every value is stored.
        ///
        /// @throws TransientFailure if it takes longer than the timeout, or could not be done; it
        ///     may still happen afterwards
        /// @throws dev.sluice.runtime.failure.SetupFailure if the stream does not exist or access
        ///     is refused
        public void await(Duration timeout) {
            try {
                stored.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
            } catch (ExecutionException e) {
                if (e.getCause() instanceof RuntimeException failure) {
                    throw failure;
                }
                throw new TransientFailure("not stored", e);
            } catch (TimeoutException e) {
                throw new TransientFailure("not stored within " + timeout, e);
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
