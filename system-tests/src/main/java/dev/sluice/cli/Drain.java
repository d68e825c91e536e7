package dev.sluice.cli;

import dev.sluice.traffic.load.DeliveryAccount;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// Waits until everything that was acknowledged has arrived.
final class Drain {

    /// How long to wait without anything arriving.
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Duration PAUSE = Duration.ofMillis(500);

    private final DeliveryAccount account;
    private final Books books;
    private final Books.Counts before;

    Drain(DeliveryAccount account, Books books, Books.Counts before) {
        this.account = account;
        this.books = books;
        this.before = before;
    }

    /// Returns when the books balance, or when nothing has arrived for a minute.
    Books.Counts await(Progress progress) throws InterruptedException, SQLException, IOException {
        long acknowledged = account.totals().acknowledged();
        progress.accept("draining");
        Books.Counts counts = books.read().minus(before);
        long lastArrival = System.nanoTime();
        while (counts.sum() < Math.max(acknowledged, counts.accepted())
                && System.nanoTime() - lastArrival < PATIENCE.toNanos()) {
            TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
            Books.Counts next = books.read().minus(before);
            if (next.sum() != counts.sum()) {
                lastArrival = System.nanoTime();
            }
            counts = next;
        }
        progress.accept("drained");
        return counts;
    }
}
