package dev.sluice.local.redshift.sql;

/// A column of a relation as PostgreSQL's `pg_attribute` has it.
///
/// @param name the column's name, unquoted
/// @param typeOid `pg_type.oid` of its type
/// @param typeModifier `atttypmod`: for VARCHAR(n) it is n + 4, -1 when there is none
public record Column(String name, int typeOid, int typeModifier) {

    public static final int BOOL = 16;
    public static final int INT8 = 20;
    public static final int INT2 = 21;
    public static final int INT4 = 23;
    public static final int FLOAT4 = 700;
    public static final int FLOAT8 = 701;
    public static final int BPCHAR = 1042;
    public static final int VARCHAR = 1043;
    public static final int TEXT = 25;
    public static final int DATE = 1082;
    public static final int TIMESTAMP = 1114;
    public static final int TIMESTAMPTZ = 1184;
    public static final int NUMERIC = 1700;

    /// jsonb, which is what a SUPER column is made of.
    public static final int SUPER = 3802;

    /// The type of this column as Redshift names it in messages.
    public String typeName() {
        return switch (typeOid) {
            case BOOL -> "BOOLEAN";
            case INT2 -> "SMALLINT";
            case INT4 -> "INTEGER";
            case INT8 -> "BIGINT";
            case FLOAT4 -> "REAL";
            case FLOAT8 -> "DOUBLE PRECISION";
            case NUMERIC -> "NUMERIC";
            case DATE -> "DATE";
            case TIMESTAMP -> "TIMESTAMP";
            case TIMESTAMPTZ -> "TIMESTAMPTZ";
            case SUPER -> "SUPER";
            case VARCHAR, TEXT -> "VARCHAR";
            case BPCHAR -> "CHAR";
            default -> "type " + typeOid;
        };
    }
}
