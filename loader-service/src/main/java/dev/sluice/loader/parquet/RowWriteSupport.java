package dev.sluice.loader.parquet;

import dev.sluice.contracts.table.Column;
import dev.sluice.contracts.table.ColumnType;
import dev.sluice.loader.process.Row;

import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.RecordConsumer;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;

/// Hands the values of a row to Parquet, column by column, without an object in between.
final class RowWriteSupport extends WriteSupport<Row> {

    private final List<Column> columns;
    private final String[] names;
    private final ColumnType[] types;
    private @Nullable RecordConsumer out;

    RowWriteSupport(List<Column> columns) {
        this.columns = columns;
        names = columns.stream().map(Column::name).toArray(String[]::new);
        types = columns.stream().map(Column::type).toArray(ColumnType[]::new);
    }

    @Override
    public WriteContext init(ParquetConfiguration configuration) {
        return new WriteContext(ParquetColumns.schema(columns), Map.of());
    }

    @Override
    public WriteContext init(Configuration configuration) {
        return new WriteContext(ParquetColumns.schema(columns), Map.of());
    }

    @Override
    public void prepareForWrite(RecordConsumer recordConsumer) {
        out = recordConsumer;
    }

    @Override
    public void write(Row row) {
        RecordConsumer consumer = java.util.Objects.requireNonNull(out);
        consumer.startMessage();
        @Nullable Object[] values = row.values();
        for (int i = 0; i < names.length; i++) {
            Object value = values[i];
            if (value != null) {
                consumer.startField(names[i], i);
                ParquetColumns.write(consumer, types[i], value);
                consumer.endField(names[i], i);
            }
        }
        consumer.endMessage();
    }
}
