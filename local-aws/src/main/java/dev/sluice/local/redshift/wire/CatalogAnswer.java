package dev.sluice.local.redshift.wire;

import dev.sluice.local.redshift.sql.Column;
import dev.sluice.local.redshift.sql.Relation;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// Collects the rows of [CatalogQuery] as they come back.
final class CatalogAnswer {

    private final List<Column> columns = new ArrayList<>();
    private final CompletableFuture<Optional<Relation>> relation = new CompletableFuture<>();
    private char kind = ' ';
    private int answersLeft;

    private final boolean quiet;

    /// @param messages how many messages the question consists of
    /// @param quiet whether an error stays hidden from the client
    CatalogAnswer(int messages, boolean quiet) {
        answersLeft = messages;
        this.quiet = quiet;
    }

    boolean quiet() {
        return quiet;
    }

    /// Takes a DataRow: relkind, attname, atttypid, atttypmod as text.
    void row(Message dataRow) {
        Message.Reader row = dataRow.reader();
        row.int16();
        kind = text(row).charAt(0);
        columns.add(
                new Column(text(row), Integer.parseInt(text(row)), Integer.parseInt(text(row))));
    }

    /// One of the messages the question consists of is answered.
    void answered() {
        if (--answersLeft == 0) {
            relation.complete(
                    columns.isEmpty()
                            ? Optional.empty()
                            : Optional.of(new Relation(kind, columns)));
        }
    }

    void skipped() {
        relation.complete(Optional.empty());
    }

    /// Waits for the answer; empty when the name is no relation or the transaction is aborted.
    Optional<Relation> await() {
        return relation.join();
    }

    private static String text(Message.Reader row) {
        return new String(row.take(row.int32()), StandardCharsets.UTF_8);
    }
}
