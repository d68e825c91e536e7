package dev.sluice.local.redshift.wire;

import dev.sluice.local.redshift.sql.Relation;
import dev.sluice.local.redshift.wire.PendingReply.Kind;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// Asks the catalog for relations inside the client's own session, where its temporary and
/// uncommitted tables are visible. The replies never reach the client. In the extended protocol the
/// question joins the client's open group of messages, so an aborted transaction answers it with
/// the same error the client's statement would get.
final class CatalogQuery {

    private static final String NAME = "redshift_catalog";

    private final MessageStream server;
    private final PendingReplies pending;

    CatalogQuery(MessageStream server, PendingReplies pending) {
        this.server = server;
        this.pending = pending;
    }

    /// @param simple whether the client is in the simple protocol, so that the question needs a
    ///     Sync of its own
    Map<String, Relation> relations(Set<String> names, boolean simple) throws IOException {
        Map<String, Relation> relations = new HashMap<>();
        for (String name : names) {
            CatalogAnswer answer = ask(name, simple);
            answer.await().ifPresent(relation -> relations.put(name, relation));
        }
        return relations;
    }

    private CatalogAnswer ask(String relation, boolean simple) throws IOException {
        CatalogAnswer answer = new CatalogAnswer(simple ? 6 : 5, simple);
        String sql =
                "SELECT c.relkind, a.attname, a.atttypid::pg_catalog.int4, a.atttypmod FROM pg_catalog.pg_attribute a"
                        + " JOIN pg_catalog.pg_class c ON c.oid = a.attrelid WHERE a.attrelid = pg_catalog.to_regclass($1)"
                        + " AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum";
        int textOid = 25;
        byte[] name = relation.getBytes(StandardCharsets.UTF_8);
        send(
                Kind.PARSE,
                answer,
                new MessageBuilder().string(NAME).string(sql).int16(1).int32(textOid).build('P'));
        send(
                Kind.BIND,
                answer,
                new MessageBuilder()
                        .string(NAME)
                        .string(NAME)
                        .int16(0)
                        .int16(1)
                        .int32(name.length)
                        .bytes(name)
                        .int16(0)
                        .build('B'));
        send(Kind.EXECUTE, answer, new MessageBuilder().string(NAME).int32(0).build('E'));
        send(Kind.CLOSE, answer, new MessageBuilder().character('P').string(NAME).build('C'));
        send(Kind.CLOSE, answer, new MessageBuilder().character('S').string(NAME).build('C'));
        if (simple) {
            send(Kind.SYNC, answer, new MessageBuilder().build('S'));
        } else {
            server.write(new MessageBuilder().build('H'));
        }
        server.flush();
        return answer;
    }

    private void send(Kind kind, CatalogAnswer answer, Message message) throws IOException {
        pending.add(PendingReply.own(kind, answer));
        server.write(message);
    }
}
