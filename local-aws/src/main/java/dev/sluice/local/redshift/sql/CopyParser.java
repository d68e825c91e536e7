package dev.sluice.local.redshift.sql;

import dev.sluice.local.redshift.sql.CopyCommand.Format;
import dev.sluice.local.redshift.sql.Token.Kind;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Parses Redshift's COPY. Options that Redshift refuses for columnar formats are refused, and so
/// are those that would drop or cut data, because the stand-in is there to show such mistakes.
///
/// Source: Amazon Redshift Database Developer Guide, "COPY" and "COPY from columnar data formats".
final class CopyParser {

    private static final Set<String> VALUELESS =
            Set.of(
                    "ACCEPTINVCHARS",
                    "BLANKSASNULL",
                    "BZIP2",
                    "EMPTYASNULL",
                    "ENCRYPTED",
                    "ESCAPE",
                    "EXPLICIT_IDS",
                    "FILLRECORD",
                    "IGNOREALLERRORS",
                    "IGNOREBLANKLINES",
                    "LZOP",
                    "NOLOAD",
                    "REMOVEQUOTES",
                    "ROUNDEC",
                    "SERIALIZETOJSON",
                    "TRIMBLANKS",
                    "TRUNCATECOLUMNS",
                    "ZSTD",
                    "ACCEPTANYDATE");

    private static final Set<String> HARMLESS =
            Set.of("REGION", "TIMEFORMAT", "DATEFORMAT", "COMPUPDATE", "STATUPDATE");

    private final TokenCursor cursor;
    private final List<String> options = new ArrayList<>();
    private boolean authorised;
    private boolean manifest;
    private boolean gzip;
    private boolean jsonAuto;
    private String format = "";

    private CopyParser(List<Token> statement) {
        cursor = new TokenCursor(statement);
    }

    static CopyCommand parse(List<Token> statement) {
        return new CopyParser(statement).run();
    }

    private CopyCommand run() {
        cursor.expect("COPY");
        String table = Token.join(cursor.qualifiedName()).strip();
        List<String> columns = new ArrayList<>();
        if (cursor.peek().symbol("(")) {
            for (List<Token> column : TokenCursor.splitAtCommas(cursor.parenthesised())) {
                columns.add(new TokenCursor(column).qualifiedName().getFirst().name());
            }
        }
        cursor.expect("FROM");
        Token source = cursor.next();
        if (source.kind() != Kind.STRING || !source.stringValue().startsWith("s3://")) {
            throw RefusedStatement.byStandIn("COPY from a source other than 's3://…'");
        }
        String location = source.stringValue().substring("s3://".length());
        int slash = location.indexOf('/');
        if (slash <= 0) {
            throw new RefusedStatement("42601", "COPY source must be 's3://bucket/prefix'");
        }
        while (!cursor.atEnd()) {
            option();
        }
        Format parsed = checkedFormat();
        return new CopyCommand(
                table,
                columns,
                location.substring(0, slash),
                location.substring(slash + 1),
                manifest,
                parsed,
                gzip);
    }

    private void option() {
        Token token = cursor.next();
        switch (token.upper()) {
            case "IAM_ROLE", "CREDENTIALS", "WITH" -> authorisation(token);
            case "ACCESS_KEY_ID", "SECRET_ACCESS_KEY", "SESSION_TOKEN" -> {
                authorised = true;
                cursor.next();
            }
            case "FORMAT" -> {
                cursor.accept("AS");
                format(cursor.next());
            }
            case "PARQUET", "JSON", "CSV", "AVRO", "ORC", "FIXEDWIDTH", "SHAPEFILE", "DELIMITER" ->
                    format(token);
            case "MANIFEST" -> manifest = true;
            case "GZIP" -> gzip = true;
            default -> otherOption(token);
        }
    }

    private void authorisation(Token token) {
        authorised = true;
        if (token.is("WITH")) {
            cursor.expect("CREDENTIALS");
        }
        cursor.accept("AS");
        if (cursor.peek().kind() != Kind.STRING && !cursor.peek().is("DEFAULT")) {
            throw cursor.syntaxError();
        }
        cursor.next();
    }

    private void format(Token token) {
        format = token.upper();
        cursor.accept("AS");
        if (cursor.peek().kind() == Kind.STRING) {
            String value = cursor.next().stringValue();
            jsonAuto = value.equalsIgnoreCase("auto");
        }
    }

    private void otherOption(Token token) {
        if (token.kind() != Kind.WORD) {
            throw new RefusedStatement("42601", "syntax error at or near \"" + token.text() + '"');
        }
        options.add(token.upper());
        if (VALUELESS.contains(token.upper())) {
            return;
        }
        cursor.accept("AS");
        Token value = cursor.peek();
        if (value.kind() == Kind.STRING
                || value.kind() == Kind.NUMBER
                || value.isAny("ON", "OFF", "TRUE", "FALSE", "PRESET")) {
            cursor.next();
        }
    }

    private Format checkedFormat() {
        if (!authorised) {
            throw new RefusedStatement(
                    "XX000", "COPY needs IAM_ROLE or CREDENTIALS to read from S3");
        }
        return switch (format) {
            case "PARQUET" -> {
                if (gzip) {
                    options.add("GZIP");
                }
                for (String option : options) {
                    if (!option.equals("STATUPDATE")) {
                        throw new RefusedStatement(
                                RefusedStatement.NOT_SUPPORTED,
                                option + " argument is not supported for PARQUET based COPY");
                    }
                }
                yield Format.PARQUET;
            }
            case "JSON" -> {
                for (String option : options) {
                    if (!HARMLESS.contains(option)) {
                        throw RefusedStatement.byStandIn("COPY option " + option);
                    }
                }
                if (!jsonAuto) {
                    throw RefusedStatement.byStandIn("COPY FORMAT JSON other than 'auto'");
                }
                yield Format.JSON;
            }
            case "" -> throw RefusedStatement.byStandIn("COPY of delimited text");
            default -> throw RefusedStatement.byStandIn("COPY FORMAT " + format);
        };
    }
}
