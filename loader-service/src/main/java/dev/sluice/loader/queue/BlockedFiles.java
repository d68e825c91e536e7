package dev.sluice.loader.queue;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Gives files that were set aside another chance, so that what an outage put there needs no hand.
/// Used by one thread.
public final class BlockedFiles {

    private static final Logger LOG = LoggerFactory.getLogger(BlockedFiles.class);

    /// Those looked at together; the oldest.
    private static final int LIMIT = 100;

    /// Looks this often within the time a file stays aside.
    private static final int LOOKS = 10;

    private final LoadQueue queue;
    private final Duration retryAfter;
    private final InstantSource clock;
    private Instant nextLook = Instant.MIN;

    /// @param retryAfter how long a file stays aside at least
    public BlockedFiles(LoadQueue queue, Duration retryAfter, InstantSource clock) {
        this.queue = queue;
        this.retryAfter = retryAfter;
        this.clock = clock;
    }

    /// Lets files wait again whose time is over. Mostly does nothing.
    public void releaseDue() {
        Instant now = clock.instant();
        if (now.isBefore(nextLook)) {
            return;
        }
        for (BlockedFile blocked : queue.blocked(LIMIT)) {
            if (!now.isBefore(blocked.since().plus(retryAfter))) {
                queue.release(blocked.file().key());
                LOG.info("file {} is tried again", blocked.file().key());
            }
        }
        nextLook = now.plus(retryAfter.dividedBy(LOOKS));
    }
}
