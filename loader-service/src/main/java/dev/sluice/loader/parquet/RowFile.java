package dev.sluice.loader.parquet;

import dev.sluice.contracts.table.Column;
import dev.sluice.loader.process.Row;

import org.apache.parquet.column.ParquetProperties;

import java.io.OutputStream;
import java.util.List;

/// A Parquet file of rows being written.
public final class RowFile extends ParquetRows<Row> {

    private static final long ROW_GROUP_BYTES = 64L << 20;

    /// Fewer rows repeat little, and a dictionary takes 32 KB of the heap for each column.
    private static final int FEWEST_WITH_DICTIONARY = 100;

    /// A file of many rows.
    ///
    /// @param target receives the bytes; not closed by this class
    public RowFile(List<Column> columns, OutputStream target) {
        this(columns, target, Integer.MAX_VALUE);
    }

    /// @param target receives the bytes; not closed by this class
    /// @param rows that will be written, about; decides how, not whether
    public RowFile(List<Column> columns, OutputStream target, int rows) {
        super(
                target,
                new RowWriteSupport(columns),
                ROW_GROUP_BYTES,
                ParquetProperties.DEFAULT_PAGE_ROW_COUNT_LIMIT,
                rows >= FEWEST_WITH_DICTIONARY);
    }
}
