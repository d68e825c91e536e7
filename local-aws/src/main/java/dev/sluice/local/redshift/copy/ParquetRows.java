package dev.sluice.local.redshift.copy;

import dev.sluice.local.redshift.sql.Column;

import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.hadoop.api.InitContext;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.MessageType;

import java.util.List;
import java.util.Map;

/// Materialises Parquet records as rows of COPY text. Columns come in order; those a record has no
/// value for are the gaps between them and become nulls.
final class ParquetRows extends ReadSupport<Boolean> {

    private final CopyText out;
    private final List<Column> targets;
    private int nextColumn;

    /// @param targets the target columns by position, empty when they are not known
    ParquetRows(CopyText out, List<Column> targets) {
        this.out = out;
        this.targets = targets;
    }

    @Override
    public ReadContext init(InitContext context) {
        return new ReadContext(context.getFileSchema());
    }

    @Override
    @SuppressWarnings("deprecation") // the one that ReadSupport leaves abstract
    public RecordMaterializer<Boolean> prepareForRead(
            Configuration configuration,
            Map<String, String> metadata,
            MessageType schema,
            ReadContext context) {
        return new Rows(schema);
    }

    @Override
    public RecordMaterializer<Boolean> prepareForRead(
            ParquetConfiguration configuration,
            Map<String, String> metadata,
            MessageType schema,
            ReadContext context) {
        return new Rows(schema);
    }

    /// Writes what stands before the value of the given column.
    void startColumn(int column) {
        fillGap(column);
        if (column > 0) {
            out.tab();
        }
        nextColumn = column + 1;
    }

    private void fillGap(int until) {
        while (nextColumn < until) {
            if (nextColumn > 0) {
                out.tab();
            }
            out.nullValue();
            nextColumn++;
        }
    }

    private final class Rows extends RecordMaterializer<Boolean> {

        private final GroupConverter root;

        Rows(MessageType schema) {
            int columns = schema.getFieldCount();
            Converter[] converters = new Converter[columns];
            for (int i = 0; i < columns; i++) {
                boolean jsonString = i < targets.size() && targets.get(i).typeOid() == Column.SUPER;
                converters[i] =
                        new ParquetValue(
                                ParquetRows.this,
                                i,
                                schema.getType(i).asPrimitiveType(),
                                jsonString,
                                out);
            }
            root =
                    new GroupConverter() {
                        @Override
                        public Converter getConverter(int field) {
                            return converters[field];
                        }

                        @Override
                        public void start() {
                            nextColumn = 0;
                        }

                        @Override
                        public void end() {
                            fillGap(columns);
                            out.endRow();
                        }
                    };
        }

        @Override
        public Boolean getCurrentRecord() {
            return Boolean.TRUE;
        }

        @Override
        public GroupConverter getRootConverter() {
            return root;
        }
    }
}
