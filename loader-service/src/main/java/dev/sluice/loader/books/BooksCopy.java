package dev.sluice.loader.books;

import dev.sluice.loader.warehouse.SqlFailures;
import dev.sluice.runtime.books.BooksStore;

import org.jspecify.annotations.Nullable;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

import javax.sql.DataSource;

/// Copies the pages of all stages into `pipeline_counts`. A page that is there for the same or a
/// later record stays, so copying again changes nothing.
public final class BooksCopy {

    private final BooksStore store;
    private final DataSource warehouse;
    private final Duration overlap;
    private final Duration history;
    private final InstantSource clock;

    /// @param overlap see {@link BooksTiming}
    /// @param history see {@link BooksTiming}
    public BooksCopy(
            BooksStore store,
            DataSource warehouse,
            Duration overlap,
            Duration history,
            InstantSource clock) {
        this.store = store;
        this.warehouse = warehouse;
        this.overlap = overlap;
        this.history = history;
        this.clock = clock;
    }

    /// A copy that is committed.
    ///
    /// @param began what was stored before is copied
    /// @param pages that were new, or newer than those in the table
    /// @param leftOut pages that the table cannot hold
    public record Copied(Instant began, long pages, long leftOut) {}

    /// Copies what has changed since the copy before.
    ///
    /// @param previous when that began; null if this process knows none, then the table says it
    /// @throws dev.sluice.runtime.failure.TransientFailure if store or warehouse are away
    /// @throws dev.sluice.runtime.failure.SetupFailure if one of them refuses
    public Copied copy(@Nullable Instant previous) {
        Instant began = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Instant earliest = began.minus(history);
        Instant last = previous == null ? lastInTable() : previous;
        Instant since =
                last == null || last.minus(overlap).isBefore(earliest)
                        ? earliest
                        : last.minus(overlap);
        try (PageTransaction transaction = new PageTransaction(warehouse, began)) {
            store.changedSince(since, transaction::write);
            transaction.commit();
            return new Copied(began, transaction.newer(), transaction.leftOut());
        }
    }

    private @Nullable Instant lastInTable() {
        try (Connection connection = warehouse.getConnection()) {
            return new PageStatements(connection).lastCopy();
        } catch (SQLException e) {
            throw SqlFailures.of(PageTransaction.OBJECT, e);
        }
    }
}
