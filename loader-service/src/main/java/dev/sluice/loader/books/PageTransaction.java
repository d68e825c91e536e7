package dev.sluice.loader.books;

import dev.sluice.loader.warehouse.SqlFailures;
import dev.sluice.loader.warehouse.WarehouseTime;
import dev.sluice.runtime.books.BookPage;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

import javax.sql.DataSource;

/// The one transaction of a copy, however many lists of pages it takes: a copy of which only a part
/// is there would look like a whole one to the next leader. It begins with the first list, and what
/// is not committed at the close is rolled back.
///
/// A page whose minute is no TIMESTAMP, since some collector's clock was off by ages, is left out,
/// so that it holds up no other page.
final class PageTransaction implements AutoCloseable {

    static final String OBJECT = "pipeline_counts";

    private static final Logger LOG = LoggerFactory.getLogger(PageTransaction.class);

    private final DataSource warehouse;
    private final Instant began;
    private @Nullable Connection connection;
    private long newer;
    private long leftOut;

    /// @param began when the copy did
    PageTransaction(DataSource warehouse, Instant began) {
        this.warehouse = warehouse;
        this.began = began;
    }

    void write(List<BookPage> pages) {
        List<BookPage> fitting = pages.stream().filter(PageTransaction::fits).toList();
        if (fitting.size() < pages.size()) {
            leaveOut(pages);
        }
        if (fitting.isEmpty()) {
            return;
        }
        try {
            newer += new PageStatements(connection()).write(fitting, began);
        } catch (SQLException e) {
            throw SqlFailures.of(OBJECT, e);
        }
    }

    /// Makes it last.
    void commit() {
        try {
            if (connection != null) {
                connection.commit();
            }
        } catch (SQLException e) {
            throw SqlFailures.of(OBJECT, e);
        }
    }

    /// How many pages were new, or newer than those in the table.
    long newer() {
        return newer;
    }

    /// How many pages the table cannot hold.
    long leftOut() {
        return leftOut;
    }

    @Override
    public void close() {
        try (Connection open = connection) {
            if (open != null) {
                open.rollback();
            }
        } catch (SQLException e) {
            LOG.debug("a copy into {} could not be rolled back", OBJECT, e);
        }
    }

    private Connection connection() throws SQLException {
        Connection open = connection;
        if (open == null) {
            open = warehouse.getConnection();
            connection = open;
            open.setAutoCommit(false);
        }
        return open;
    }

    private void leaveOut(List<BookPage> pages) {
        for (BookPage page : pages.stream().filter(Predicate.not(PageTransaction::fits)).toList()) {
            if (leftOut == 0) {
                LOG.error(
                        "the books have a page that {} cannot hold, its minute is no TIMESTAMP: {}."
                                + " The clock of a collector is, or was, wrong",
                        OBJECT,
                        page.id());
            }
            leftOut++;
        }
    }

    private static boolean fits(BookPage page) {
        return WarehouseTime.holds(page.minute());
    }
}
