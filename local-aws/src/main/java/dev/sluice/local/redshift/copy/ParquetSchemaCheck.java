package dev.sluice.local.redshift.copy;

import dev.sluice.local.redshift.sql.Column;

import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;

import java.util.List;

/// Decides whether a Parquet file fits a table, by position, before a row is read. Integers may be
/// of any width; what does not fit a narrower column fails at its row.
///
/// Source: Amazon Redshift Database Developer Guide, "COPY from columnar data formats"; nanosecond
/// timestamps are refused because Redshift reads them as garbage (apache/arrow issue 38000).
final class ParquetSchemaCheck {

    private final String file;
    private final List<Column> targets;

    /// @param targets the target columns in order, empty when they are not known
    ParquetSchemaCheck(String file, List<Column> targets) {
        this.file = file;
        this.targets = targets;
    }

    void check(MessageType schema, int columnCount) throws LoadFailure {
        if (schema.getFieldCount() != columnCount) {
            throw new LoadFailure(
                    file,
                    "",
                    "Unmatched number of columns between table and file. Table columns: "
                            + columnCount
                            + ", Data columns: "
                            + schema.getFieldCount());
        }
        for (int i = 0; i < columnCount; i++) {
            Type type = schema.getType(i);
            if (!type.isPrimitive() || type.isRepetition(Type.Repetition.REPEATED)) {
                throw new LoadFailure(
                        file,
                        type.getName(),
                        "nested column is not supported (SERIALIZETOJSON is not given)");
            }
            if (type.getLogicalTypeAnnotation() instanceof TimestampLogicalTypeAnnotation timestamp
                    && timestamp.getUnit() == TimeUnit.NANOS) {
                throw new LoadFailure(
                        file, type.getName(), "timestamps in nanoseconds are not supported");
            }
            if (i < targets.size() && !fits(type.asPrimitiveType(), targets.get(i))) {
                throw new LoadFailure(
                        file,
                        targets.get(i).name(),
                        "incompatible Parquet schema for column. Column type: "
                                + targets.get(i).typeName()
                                + ", Parquet schema: "
                                + type);
            }
        }
    }

    private static boolean fits(PrimitiveType type, Column target) {
        LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
        return switch (target.typeOid()) {
            case Column.TIMESTAMPTZ -> false;
            case Column.TIMESTAMP ->
                    logical instanceof TimestampLogicalTypeAnnotation
                            || type.getPrimitiveTypeName() == PrimitiveType.PrimitiveTypeName.INT96;
            case Column.DATE -> logical instanceof DateLogicalTypeAnnotation;
            case Column.NUMERIC ->
                    logical instanceof DecimalLogicalTypeAnnotation || plainInteger(type);
            case Column.INT2, Column.INT4, Column.INT8 -> plainInteger(type);
            case Column.BOOL ->
                    type.getPrimitiveTypeName() == PrimitiveType.PrimitiveTypeName.BOOLEAN;
            case Column.FLOAT4 ->
                    type.getPrimitiveTypeName() == PrimitiveType.PrimitiveTypeName.FLOAT;
            case Column.FLOAT8 ->
                    switch (type.getPrimitiveTypeName()) {
                        case FLOAT, DOUBLE -> true;
                        default -> false;
                    };
            case Column.VARCHAR, Column.BPCHAR, Column.TEXT -> text(type);
            case Column.SUPER ->
                    text(type)
                            || plainInteger(type)
                            || type.getPrimitiveTypeName()
                                    == PrimitiveType.PrimitiveTypeName.BOOLEAN;
            default -> true;
        };
    }

    private static boolean plainInteger(PrimitiveType type) {
        LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
        boolean other =
                logical instanceof TimestampLogicalTypeAnnotation
                        || logical instanceof TimeLogicalTypeAnnotation
                        || logical instanceof DateLogicalTypeAnnotation
                        || logical instanceof DecimalLogicalTypeAnnotation;
        return !other
                && switch (type.getPrimitiveTypeName()) {
                    case INT32, INT64 -> true;
                    default -> false;
                };
    }

    private static boolean text(PrimitiveType type) {
        return type.getPrimitiveTypeName() == PrimitiveType.PrimitiveTypeName.BINARY
                && !(type.getLogicalTypeAnnotation() instanceof DecimalLogicalTypeAnnotation);
    }
}
