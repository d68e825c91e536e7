package dev.sluice.local.redshift.wire;

import dev.sluice.local.redshift.copy.S3Loader;
import dev.sluice.local.redshift.sql.Column;
import dev.sluice.local.redshift.sql.RefusedStatement;
import dev.sluice.local.redshift.sql.TranslatedStatement;
import dev.sluice.local.redshift.wire.PendingReply.Kind;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/// The half of a session that carries the client's messages to the server, translated. A statement
/// that is refused goes to the server as one that cannot be parsed, so that the server itself
/// aborts the transaction and skips to the Sync; the client sees the reason in place of the
/// server's error.
final class ClientRequests {

    private static final String UNPARSABLE = "REFUSED";

    /// Unspecified, unknown, text, bpchar, varchar.
    private static final Set<Integer> TEXT_TYPES =
            Set.of(0, 705, Column.TEXT, Column.BPCHAR, Column.VARCHAR);

    private final MessageStream client;
    private final MessageStream server;
    private final PendingReplies pending;
    private final SessionState state;
    private final SessionFaults faults;
    private final CopyStreamer copies;
    private final StatementTranslation translation;
    private final Map<String, PreparedCommand> prepared = new HashMap<>();
    private final Map<String, PreparedCommand> portals = new HashMap<>();
    private final TransactionBlock transaction;

    ClientRequests(
            MessageStream client,
            MessageStream server,
            PendingReplies pending,
            SessionState state,
            SessionFaults faults,
            S3Loader loader) {
        this.client = client;
        this.server = server;
        this.pending = pending;
        this.state = state;
        this.faults = faults;
        this.copies = new CopyStreamer(loader, server);
        this.transaction = new TransactionBlock(state);
        this.translation = new StatementTranslation(new CatalogQuery(server, pending), state);
    }

    /// Runs until the client says goodbye.
    void run() throws IOException {
        boolean goesOn = true;
        while (goesOn) {
            Message message = client.read();
            switch (message.type()) {
                case 'Q' -> query(message);
                case 'P' -> parse(message);
                case 'B' -> bind(message);
                case 'E' -> execute(message);
                case 'D' -> forward(PendingReply.of(Kind.DESCRIBE), message);
                case 'C' -> close(message);
                case 'S' -> {
                    forward(PendingReply.of(Kind.SYNC), message);
                    transaction.synced();
                }
                default -> server.write(message);
            }
            goesOn = message.type() != 'X';
            if (!goesOn || !client.hasMore()) {
                server.flush();
            }
        }
    }

    private void query(Message message) throws IOException {
        String sql = message.reader().string();
        try {
            List<StatementTranslation.Translated> statements = translation.of(sql, true, Set.of());
            for (StatementTranslation.Translated translated : statements) {
                admit(translated.statement());
            }
            List<CopyTarget> targets =
                    statements.stream().flatMap(translated -> translated.copy().stream()).toList();
            String text =
                    statements.stream()
                            .map(translated -> translated.statement().sql())
                            .collect(Collectors.joining(";"));
            run(Kind.QUERY, targets, text(text));
        } catch (RefusedStatement refused) {
            forward(PendingReply.failing(Kind.QUERY, error(refused)), text(UNPARSABLE));
        } finally {
            transaction.synced();
        }
    }

    private void parse(Message message) throws IOException {
        Message.Reader body = message.reader();
        String name = body.string();
        String sql = body.string();
        byte[] types = body.rest();
        try {
            List<StatementTranslation.Translated> statements =
                    translation.of(sql, false, typedParameters(types));
            if (statements.size() > 1) {
                throw new RefusedStatement(
                        "42601", "cannot insert multiple commands into a prepared statement");
            }
            PreparedCommand command =
                    new PreparedCommand(
                            statements.stream()
                                    .map(StatementTranslation.Translated::statement)
                                    .findFirst(),
                            statements.stream()
                                    .flatMap(translated -> translated.copy().stream())
                                    .toList(),
                            sql,
                            types,
                            state.lastCopyCount());
            prepared.put(name, command);
            forward(PendingReply.of(Kind.PARSE), parseMessage(name, command));
        } catch (RefusedStatement refused) {
            refuse(error(refused));
        }
    }

    /// Numbers of the parameters that a Parse message declares with a type other than text.
    private static Set<Integer> typedParameters(byte[] parameterTypes) {
        Message.Reader types = new Message('P', parameterTypes).reader();
        Set<Integer> typed = new HashSet<>();
        int count = types.int16();
        for (int number = 1; number <= count; number++) {
            if (!TEXT_TYPES.contains(types.int32())) {
                typed.add(number);
            }
        }
        return typed;
    }

    private static Message parseMessage(String name, PreparedCommand command) {
        String sql = command.statement().map(TranslatedStatement::sql).orElse("");
        return new MessageBuilder()
                .string(name)
                .string(sql)
                .bytes(command.parameterTypes())
                .build('P');
    }

    private void bind(Message message) throws IOException {
        Message.Reader body = message.reader();
        String portal = body.string();
        String name = body.string();
        PreparedCommand command = prepared.get(name);
        if (command == null) {
            portals.remove(portal);
        } else {
            portals.put(portal, command);
            if (command.outdated(state.lastCopyCount())) {
                prepareAgain(name, command);
            }
        }
        forward(PendingReply.of(Kind.BIND), message);
    }

    /// A prepared statement that reads the copy count holds it as a literal; after another COPY it
    /// is prepared anew.
    private void prepareAgain(String name, PreparedCommand old) throws IOException {
        StatementTranslation.Translated again =
                translation
                        .of(old.source(), false, typedParameters(old.parameterTypes()))
                        .getFirst();
        PreparedCommand command =
                new PreparedCommand(
                        Optional.of(again.statement()),
                        List.of(),
                        old.source(),
                        old.parameterTypes(),
                        state.lastCopyCount());
        prepared.put(name, command);
        CatalogAnswer swallowed = new CatalogAnswer(2, false);
        forward(
                PendingReply.own(Kind.CLOSE, swallowed),
                new MessageBuilder().character('S').string(name).build('C'));
        forward(PendingReply.own(Kind.PARSE, swallowed), parseMessage(name, command));
    }

    private void close(Message message) throws IOException {
        Message.Reader body = message.reader();
        if (body.character() == 'S') {
            prepared.remove(body.string());
        } else {
            portals.remove(body.string());
        }
        forward(PendingReply.of(Kind.CLOSE), message);
    }

    private void execute(Message message) throws IOException {
        PreparedCommand command = portals.get(message.reader().string());
        if (command == null) {
            forward(PendingReply.of(Kind.EXECUTE), message);
            return;
        }
        try {
            if (command.statement().isPresent()) {
                admit(command.statement().get());
            }
            run(Kind.EXECUTE, command.copy(), message);
        } catch (RefusedStatement refused) {
            refuse(error(refused));
        }
    }

    private void run(Kind kind, List<CopyTarget> targets, Message message) throws IOException {
        if (targets.isEmpty()) {
            forward(PendingReply.running(kind, Optional.empty()), message);
            return;
        }
        CopyRun copy = new CopyRun(targets);
        forward(PendingReply.running(kind, Optional.of(copy)), message);
        if (kind == Kind.EXECUTE) {
            server.write(new MessageBuilder().build('H'));
        }
        server.flush();
        copies.drive(copy);
    }

    /// Follows the transaction block and refuses what may not run in it, or what a fault makes
    /// fail; what is slow on request waits here.
    private void admit(TranslatedStatement statement) {
        if (transaction.isOpen() && !statement.refusedInTransaction().isEmpty()) {
            throw new RefusedStatement("25001", statement.refusedInTransaction());
        }
        if (faults.conflicts(statement.command())) {
            throw new RefusedStatement(
                    "XX000",
                    "1023\nDETAIL:  Serializable isolation violation on table, transactions forming the cycle are unknown");
        }
        if (faults.isDiskFull(statement.command())) {
            throw new RefusedStatement("53100", "Disk Full\nDETAIL:  error: Disk Full, code: 1016");
        }
        transaction.runs(statement);
        delay(faults.delay(statement.command()).toNanos());
    }

    private static void delay(long nanos) {
        long deadline = System.nanoTime() + nanos;
        while (nanos > 0 && deadline - System.nanoTime() > 0) {
            LockSupport.parkNanos(deadline - System.nanoTime());
        }
    }

    private ServerError error(RefusedStatement refused) {
        return state.failed()
                ? ServerError.of(
                        "25P02",
                        "current transaction is aborted, commands ignored until end of transaction block")
                : ServerError.of(refused.sqlState(), refused.getMessage());
    }

    private void refuse(ServerError error) throws IOException {
        forward(
                PendingReply.failing(Kind.PARSE, error),
                new MessageBuilder()
                        .string("redshift_refused")
                        .string(UNPARSABLE)
                        .int16(0)
                        .build('P'));
    }

    private void forward(PendingReply reply, Message message) throws IOException {
        pending.add(reply);
        server.write(message);
    }

    private static Message text(String sql) {
        byte[] bytes = sql.getBytes(StandardCharsets.UTF_8);
        return new Message('Q', Arrays.copyOf(bytes, bytes.length + 1));
    }
}
