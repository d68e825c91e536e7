package dev.sluice.local.redshift.sql;

import dev.sluice.local.redshift.sql.Token.Kind;

import java.util.List;

/// Rewrites the type of a column definition: Redshift's own types, its implicit lengths, its
/// limits.
final class TypeName {

    /// The longest VARCHAR in bytes.
    static final int MAX_VARCHAR = 65_535;

    private static final int DEFAULT_VARCHAR = 256;

    private TypeName() {}

    /// Consumes a type at the cursor and appends what PostgreSQL calls it.
    static void rewrite(TokenCursor cursor, List<Token> out) {
        Token type = cursor.next();
        if (type.kind() != Kind.WORD) {
            out.add(type);
            return;
        }
        if (DenyList.deniedType(type)) {
            throw RefusedStatement.byRedshift("type " + type.upper());
        }
        switch (type.upper()) {
            case "SUPER" -> out.add(type.withText("jsonb"));
            case "VARBYTE", "VARBINARY" -> bytes(cursor, type, out);
            case "BINARY" -> {
                cursor.accept("VARYING");
                bytes(cursor, type, out);
            }
            case "TEXT", "BPCHAR", "VARCHAR", "NVARCHAR" -> characters(cursor, type, out);
            case "CHARACTER", "CHAR", "NCHAR" -> {
                if (cursor.accept("VARYING")) {
                    characters(cursor, type, out);
                } else {
                    out.add(type.withText("char"));
                }
            }
            case "NUMERIC", "DECIMAL" -> {
                out.add(type);
                if (!cursor.peek().symbol("(")) {
                    out.add(Token.generated("(18,0)"));
                }
            }
            default -> out.add(type);
        }
        if (cursor.peek().symbol("[") || cursor.peek().is("ARRAY")) {
            throw RefusedStatement.byRedshift("an array type");
        }
    }

    private static void bytes(TokenCursor cursor, Token type, List<Token> out) {
        if (cursor.peek().symbol("(")) {
            cursor.skipGroup();
        }
        out.add(type.withText("bytea"));
    }

    private static void characters(TokenCursor cursor, Token type, List<Token> out) {
        int length = DEFAULT_VARCHAR;
        if (cursor.peek().symbol("(")) {
            List<Token> argument = cursor.parenthesised();
            length = length(argument.isEmpty() ? Token.END : argument.getFirst());
        }
        out.add(type.withText("varchar(" + length + ")"));
    }

    private static int length(Token argument) {
        if (argument.is("MAX")) {
            return MAX_VARCHAR;
        }
        try {
            int length = Integer.parseInt(argument.text());
            if (length >= 1 && length <= MAX_VARCHAR) {
                return length;
            }
        } catch (NumberFormatException e) {
            throw new RefusedStatement(
                    "42601", "syntax error at or near \"" + argument.text() + '"');
        }
        throw new RefusedStatement(
                "22023", "length for type varchar must be between 1 and " + MAX_VARCHAR);
    }
}
