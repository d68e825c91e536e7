package dev.sluice.loader.books;

import dev.sluice.loader.warehouse.WarehouseTime;
import dev.sluice.runtime.books.BookCounts;
import dev.sluice.runtime.books.BookPage;
import dev.sluice.runtime.metrics.Tally;

import org.jspecify.annotations.Nullable;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// The table of the pages, `pipeline_counts`.
final class PageStatements {

    private static final String CHANGED = "pipeline_counts_changed";

    private static final String COLUMNS =
            "stage, shard, minute_ts, from_sequence, tenant_id, up_to, received, published, rejected,"
                    + " duplicates, suppressed, replayed, copied_ts";

    private static final String ROW =
            "(?, ?, CAST(? AS TIMESTAMP), ?, ?, ?, ?, ?, ?, ?, ?, ?, CAST(? AS TIMESTAMP))";

    private static final String TABLE = "pipeline_counts";

    private static final String SAME_PAGE =
            ("%1$s.stage = %2$s.stage AND %1$s.shard = %2$s.shard AND %1$s.minute_ts = %2$s.minute_ts"
                            + " AND %1$s.from_sequence = %2$s.from_sequence")
                    .formatted(TABLE, CHANGED);

    /// Parameter 1 is the oldest minute to write, so that only the end of the table is read.
    private static final String FROM_OLDEST =
            " AND " + TABLE + ".minute_ts >= CAST(? AS TIMESTAMP)";

    /// Drops what the table has for the same or a later record. Sequence numbers have more digits
    /// than any number type, so of two the longer one is the larger.
    private static final String KEEP_NEWER =
            ("DELETE FROM %1$s USING %2$s WHERE "
                            + SAME_PAGE
                            + FROM_OLDEST
                            + " AND (LEN(%2$s.up_to) > LEN(%1$s.up_to) OR (LEN(%2$s.up_to) ="
                            + " LEN(%1$s.up_to) AND %2$s.up_to >= %1$s.up_to))")
                    .formatted(CHANGED, TABLE);

    private static final String FORGET_OLDER =
            "DELETE FROM " + TABLE + " USING " + CHANGED + " WHERE " + SAME_PAGE + FROM_OLDEST;

    /// Rows of one INSERT.
    private static final int ROWS = 500;

    private record TenantCounts(BookPage page, String tenant, BookCounts counts) {}

    private final Connection connection;

    PageStatements(Connection connection) {
        this.connection = connection;
    }

    /// When the newest copy in the table began; null if there is none.
    @Nullable Instant lastCopy() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result =
                        statement.executeQuery("SELECT MAX(copied_ts) FROM pipeline_counts")) {
            result.next();
            String last = result.getString(1);
            return last == null ? null : WarehouseTime.of(last);
        }
    }

    /// Writes those pages that are newer than what is there, each whole, in the caller's
    /// transaction, after every earlier copy has ended.
    ///
    /// @param pages at least one
    /// @return how many were newer
    long write(List<BookPage> pages, Instant began) throws SQLException {
        execute("LOCK TABLE pipeline_counts_lock");
        execute(
                "CREATE TEMP TABLE %s AS SELECT %s FROM pipeline_counts WHERE 1 = 0"
                        .formatted(CHANGED, COLUMNS));
        stage(pages, began);
        String oldest =
                WarehouseTime.text(
                        pages.stream()
                                .map(BookPage::minute)
                                .min(Comparator.naturalOrder())
                                .orElseThrow());
        execute(KEEP_NEWER, oldest);
        long newer = count();
        execute(FORGET_OLDER, oldest);
        execute(
                "INSERT INTO pipeline_counts (%1$s) SELECT %1$s FROM %2$s"
                        .formatted(COLUMNS, CHANGED));
        execute("DROP TABLE " + CHANGED);
        return newer;
    }

    private void stage(List<BookPage> pages, Instant began) throws SQLException {
        List<TenantCounts> rows = new ArrayList<>(ROWS);
        for (BookPage page : pages) {
            for (Map.Entry<String, BookCounts> entry : page.counts().entrySet()) {
                rows.add(new TenantCounts(page, entry.getKey(), entry.getValue()));
                if (rows.size() == ROWS) {
                    insert(rows, began);
                    rows.clear();
                }
            }
        }
        if (!rows.isEmpty()) {
            insert(rows, began);
        }
    }

    private void insert(List<TenantCounts> rows, Instant began) throws SQLException {
        String sql =
                "INSERT INTO %s (%s) VALUES %s"
                        .formatted(
                                CHANGED,
                                COLUMNS,
                                String.join(", ", Collections.nCopies(rows.size(), ROW)));
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            int at = 1;
            for (TenantCounts row : rows) {
                BookPage page = row.page();
                Tally tally = row.counts().tally();
                statement.setString(at++, page.stage());
                statement.setString(at++, page.shard());
                statement.setString(at++, WarehouseTime.text(page.minute()));
                statement.setString(at++, page.from().toString());
                statement.setString(at++, row.tenant());
                statement.setString(at++, page.upTo().toString());
                statement.setLong(at++, tally.received());
                statement.setLong(at++, tally.published());
                statement.setLong(at++, tally.rejected());
                statement.setLong(at++, tally.duplicates());
                statement.setLong(at++, tally.suppressed());
                statement.setLong(at++, row.counts().replayed());
                statement.setString(at++, WarehouseTime.text(began));
            }
            statement.executeUpdate();
        }
    }

    private long count() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result =
                        statement.executeQuery(
                                "SELECT COUNT(*) FROM (SELECT DISTINCT stage, shard, minute_ts,"
                                        + " from_sequence FROM "
                                        + CHANGED
                                        + ") AS pages")) {
            result.next();
            return result.getLong(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void execute(String sql, String parameter) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, parameter);
            statement.executeUpdate();
        }
    }
}
