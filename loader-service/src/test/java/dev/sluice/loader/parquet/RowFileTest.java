package dev.sluice.loader.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contracts.table.Column;
import dev.sluice.contracts.table.ColumnSource;
import dev.sluice.contracts.table.ColumnType;
import dev.sluice.contracts.table.EventsTable;
import dev.sluice.loader.Fixtures;
import dev.sluice.loader.process.MappedEvent;
import dev.sluice.loader.process.Row;
import dev.sluice.loader.process.RowMapper;

import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.LocalInputFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/// An independent reader, DuckDB, says what our files hold.
class RowFileTest {

    @TempDir Path folder;

    @Test
    void everyTypeReadsBackExactly() throws Exception {
        List<Column> columns =
                List.of(
                        column("text", new ColumnType.Varchar(10)),
                        column("big", new ColumnType.Bigint()),
                        column("small", new ColumnType.Int()),
                        column("money", new ColumnType.Decimal(18, 4)),
                        column("wide", new ColumnType.Decimal(38, 2)),
                        column("real", new ColumnType.DoublePrecision()),
                        column("yes", new ColumnType.Bool()),
                        column("moment", new ColumnType.Timestamp()),
                        column("json", new ColumnType.Super()));
        Object[] values = {
            "Zoë".getBytes(StandardCharsets.UTF_8),
            Long.MIN_VALUE,
            -7L,
            new BigDecimal("-99999999999999.9999"),
            new BigDecimal("-123456789012345678901234567890123456.78"),
            1.5e300,
            true,
            1_795_255_200_123_456L,
            "{\"a\":[1]}".getBytes(StandardCharsets.UTF_8),
        };
        Path file =
                write(columns, List.of(new Row(values, 0, 0, 0), new Row(new Object[9], 0, 0, 0)));

        assertThat(
                        query(
                                "SELECT concat_ws('|', text, big, small, money, wide, real, yes, epoch_us(moment), json)"
                                        + " FROM read_parquet('"
                                        + file
                                        + "') WHERE text IS NOT NULL"))
                .isEqualTo(
                        "Zoë|-9223372036854775808|-7|-99999999999999.9999|-123456789012345678901234567890123456.78|1.5e+300|true|1795255200123456|{\"a\":[1]}");
        assertThat(query("SELECT count(*) - count(text) FROM read_parquet('" + file + "')"))
                .isEqualTo("1");
    }

    @Test
    void anEventOfTheRealTableReadsBack() throws Exception {
        EventsTable table = EventsTable.bundled();
        Row row =
                ((MappedEvent.Fits)
                                new RowMapper(table).map(Fixtures.ACME, Fixtures.pageView("e1")))
                        .row();

        Path file = write(table.stagingColumns(), List.of(row));

        assertThat(
                        query(
                                "SELECT event_id || ' ' || page_url || ' ' || strftime(event_ts AT TIME ZONE 'UTC', '%H:%M:%S.%f')"
                                        + " FROM read_parquet('"
                                        + file
                                        + "')"))
                .isEqualTo("e1 https://shop.example/ 09:59:59.123456");
        assertThat(
                        query(
                                "SELECT count(*) FROM (DESCRIBE SELECT * FROM read_parquet('"
                                        + file
                                        + "'))"))
                .isEqualTo(String.valueOf(table.stagingColumns().size()));
    }

    @Test
    void everyPageHasAChecksum() throws Exception {
        EventsTable table = EventsTable.bundled();
        Row row =
                ((MappedEvent.Fits)
                                new RowMapper(table).map(Fixtures.ACME, Fixtures.pageView("e1")))
                        .row();
        Path file = write(table.stagingColumns(), List.of(row));

        try (ParquetFileReader reader =
                ParquetFileReader.open(
                        new LocalInputFile(file),
                        ParquetReadOptions.builder(new PlainParquetConfiguration()).build())) {
            PageReadStore group = reader.readNextRowGroup();
            for (ColumnDescriptor column : reader.getFileMetaData().getSchema().getColumns()) {
                PageReader pages = group.getPageReader(column);
                DictionaryPage dictionary = pages.readDictionaryPage();
                assertThat(dictionary == null || dictionary.getCrc().isPresent())
                        .as("dictionary of %s", column)
                        .isTrue();
                assertThat(pages.readPage().getCrc()).as("page of %s", column).isPresent();
            }
        }
    }

    private Path write(List<Column> columns, List<Row> rows) throws IOException {
        Path file = folder.resolve("rows.parquet");
        try (OutputStream target = Files.newOutputStream(file);
                RowFile rowFile = new RowFile(columns, target)) {
            rows.forEach(rowFile::write);
            assertThat(rowFile.rows()).isEqualTo(rows.size());
        }
        return file;
    }

    private static String query(String sql) throws SQLException {
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }

    private static Column column(String name, ColumnType type) {
        return new Column(name, type, false, new ColumnSource.Warehouse());
    }
}
