package dev.sluice.local.redshift.wire;

import dev.sluice.local.redshift.sql.CopyCommand;
import dev.sluice.local.redshift.wire.ErrorTranslation.LoadError;
import dev.sluice.local.redshift.wire.PendingReply.Kind;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/// The half of a session that carries the server's answers to the client: keeps back the answers to
/// the proxy's own questions, tells a running load when to stream, and makes the rest look like
/// Redshift's.
final class ServerReplies {

    private static final int JSONB = 3802;

    /// The type oid by which the driver knows SUPER.
    private static final int SUPER = 4000;

    private final MessageStream server;
    private final MessageStream client;
    private final PendingReplies pending;
    private final SessionState state;
    private final SessionFaults faults;
    private final LoadErrorLog loadErrors;

    ServerReplies(
            MessageStream server,
            MessageStream client,
            PendingReplies pending,
            SessionState state,
            SessionFaults faults,
            LoadErrorLog loadErrors) {
        this.server = server;
        this.client = client;
        this.pending = pending;
        this.state = state;
        this.faults = faults;
        this.loadErrors = loadErrors;
    }

    /// Runs until the server closes the connection or an answer is to be lost.
    void run() throws IOException {
        while (relay(server.read())) {
            if (!server.hasMore()) {
                client.flush();
            }
        }
    }

    /// @return whether the session goes on
    private boolean relay(Message message) throws IOException {
        Optional<PendingReply> head = pending.head();
        switch (message.type()) {
            case 'S' -> parameterStatus(message);
            case 'N', 'A', 'R', 'K', 'v' -> client.write(message);
            case 'E' -> error(message, head);
            case 'Z' -> ready(message, head);
            default -> {
                if (head.isPresent() && head.get().own()) {
                    own(message, head.get());
                } else {
                    return answer(message, head);
                }
            }
        }
        return true;
    }

    private void parameterStatus(Message message) throws IOException {
        Message.Reader body = message.reader();
        String name = body.string();
        switch (name) {
            case "server_version" ->
                    client.write(new MessageBuilder().string(name).string("8.0.2").build('S'));
            case "standard_conforming_strings" -> {
                // Redshift, like PostgreSQL 8.0, has no such parameter and resolves backslashes in
                // string literals.
            }
            default -> client.write(message);
        }
    }

    private void own(Message message, PendingReply reply) {
        CatalogAnswer answer = reply.catalog().orElseThrow();
        switch (message.type()) {
            case 'D' -> answer.row(message);
            case '1', '2', '3', 'C' -> {
                pending.answered();
                answer.answered();
            }
            default ->
                    throw new IllegalStateException(
                            "unexpected reply " + message.type() + " to a catalog query");
        }
    }

    private void ready(Message message, Optional<PendingReply> head) throws IOException {
        state.ready(message.reader().character());
        head.flatMap(PendingReply::copy).ifPresent(CopyRun::ended);
        pending.answered();
        if (head.flatMap(PendingReply::catalog).isPresent()) {
            head.flatMap(PendingReply::catalog).orElseThrow().answered();
        } else {
            client.write(message);
        }
    }

    /// @return whether the session goes on
    private boolean answer(Message message, Optional<PendingReply> head) throws IOException {
        Kind kind = head.map(PendingReply::kind).orElse(Kind.SYNC);
        Optional<CopyRun> copy = head.flatMap(PendingReply::copy);
        switch (message.type()) {
            case '1', '2', '3' -> pending.answered();
            case 'T' -> {
                showSuper(message);
                if (kind == Kind.DESCRIBE) {
                    pending.answered();
                }
            }
            case 'n' -> pending.answered();
            case 'I', 's' -> {
                if (kind == Kind.EXECUTE) {
                    pending.answered();
                }
            }
            case 'C' -> {
                return completed(message, kind, copy);
            }
            case 'G' -> {
                if (copy.isPresent()) {
                    Message.Reader body = message.reader();
                    body.skip(1);
                    copy.get().ready(body.int16());
                    return true;
                }
            }
            default -> {
                // Rows and parameter descriptions answer nothing by themselves.
            }
        }
        client.write(message);
        return true;
    }

    /// @return whether the session goes on
    private boolean completed(Message message, Kind kind, Optional<CopyRun> copy)
            throws IOException {
        String tag = message.reader().string();
        if (faults.losesAnswer(tag.split(" ", 2)[0])) {
            return false;
        }
        if (copy.isPresent() && tag.startsWith("COPY ")) {
            copied(copy.get(), Long.parseLong(tag.substring("COPY ".length())));
        }
        if (kind == Kind.EXECUTE) {
            pending.answered();
            copy.ifPresent(CopyRun::ended);
        }
        client.write(message);
        return true;
    }

    private void copied(CopyRun copy, long rows) throws IOException {
        String table = copy.current().map(CopyCommand::tableName).orElse("");
        copy.loaded();
        state.copied(rows);
        client.write(
                new MessageBuilder()
                        .character('S')
                        .string("INFO")
                        .character('C')
                        .string("00000")
                        .character('M')
                        .string(
                                "Load into table '"
                                        + table
                                        + "' completed, "
                                        + rows
                                        + " record(s) loaded successfully.")
                        .character('\0')
                        .build('N'));
    }

    private void error(Message message, Optional<PendingReply> head) throws IOException {
        ServerError error = ServerError.parse(message);
        Optional<CopyRun> copy = head.flatMap(PendingReply::copy);
        boolean quiet = head.flatMap(PendingReply::catalog).map(CatalogAnswer::quiet).orElse(false);
        if (!quiet) {
            Optional<ServerError> replacement = head.flatMap(PendingReply::error);
            if (replacement.isEmpty() && copy.isPresent()) {
                replacement = loadError(error, copy.get());
            }
            ServerError shown = replacement.orElseGet(() -> ErrorTranslation.statement(error));
            client.write(shown.equals(error) ? message : shown.toMessage());
        }
        copy.ifPresent(CopyRun::ended);
        pending.failed();
    }

    private Optional<ServerError> loadError(ServerError error, CopyRun copy) {
        boolean cancelled = error.sqlState().equals("57014") && copy.failure().isEmpty();
        if (copy.current().isEmpty() || copy.progress().isEmpty() || cancelled) {
            return Optional.empty();
        }
        String table = copy.current().get().tableName();
        LoadError load = ErrorTranslation.load(error, copy.failure(), copy.progress().get());
        loadErrors.record(table, load.file(), load.line(), load.column(), load.reason());
        return Optional.of(ErrorTranslation.loadFailed(table, load));
    }

    /// Replaces the type of jsonb columns in a RowDescription by SUPER.
    private static void showSuper(Message message) {
        ByteBuffer body = ByteBuffer.wrap(message.body());
        int columns = body.getShort();
        for (int i = 0; i < columns; i++) {
            while (body.get() != 0) {
                // to the end of the column's name
            }
            body.position(body.position() + 6);
            if (body.getInt(body.position()) == JSONB) {
                body.putInt(body.position(), SUPER);
            }
            body.position(body.position() + 12);
        }
    }
}
