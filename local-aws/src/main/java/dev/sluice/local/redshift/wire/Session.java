package dev.sluice.local.redshift.wire;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// One client connection, from its first byte to its last.
final class Session {

    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    private static final int PROTOCOL_3 = 3 << 16;
    private static final int CANCEL_REQUEST = 80_877_102;
    private static final int SSL_REQUEST = 80_877_103;
    private static final int GSS_REQUEST = 80_877_104;

    /// What PostgreSQL understands of a start-up packet; Redshift drivers send more.
    private static final Set<String> KNOWN_PARAMETERS =
            Set.of(
                    "user",
                    "database",
                    "client_encoding",
                    "datestyle",
                    "timezone",
                    "extra_float_digits",
                    "application_name",
                    "options",
                    "search_path");

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Socket clientSocket;
    private final ProxyConfig config;
    private volatile Socket serverSocket = new Socket();

    Session(Socket clientSocket, ProxyConfig config) {
        this.clientSocket = clientSocket;
        this.config = config;
    }

    /// Serves the client until either side ends the connection.
    void run() {
        try {
            MessageStream client = new MessageStream(clientSocket);
            byte[] startup = client.readBody();
            int code = ByteBuffer.wrap(startup).getInt();
            while (code == SSL_REQUEST || code == GSS_REQUEST) {
                client.writeByte('N');
                startup = client.readBody();
                code = ByteBuffer.wrap(startup).getInt();
            }
            if (code == CANCEL_REQUEST) {
                cancel(startup);
            } else if (code >>> 16 == PROTOCOL_3 >>> 16) {
                serve(client, startup);
            } else {
                client.write(
                        ServerError.fatal("08P01", "unsupported frontend protocol").toMessage());
                client.flush();
            }
        } catch (IOException e) {
            LOG.debug(
                    "redshift session on port {} ended: {}",
                    clientSocket.getPort(),
                    e.getMessage());
        } finally {
            cut();
        }
    }

    /// Breaks both connections at once. The server rolls back what was open.
    void cut() {
        try (Socket server = serverSocket;
                Socket client = clientSocket) {
            LOG.trace("closing {} and {}", server, client);
        } catch (IOException e) {
            LOG.debug(
                    "redshift session on port {} did not close: {}",
                    clientSocket.getPort(),
                    e.getMessage());
        }
    }

    private void serve(MessageStream client, byte[] startup) throws IOException {
        Map<String, String> parameters = parameters(startup);
        if (!authenticated(client, parameters.getOrDefault("user", ""))) {
            return;
        }
        MessageStream server = connect();
        server.writeUntyped(startupPacket(parameters));
        PendingReplies pending = new PendingReplies();
        SessionState state = new SessionState();
        ServerReplies replies =
                new ServerReplies(
                        server, client, pending, state, config.faults(), config.loadErrors());
        Thread back =
                Thread.ofVirtual()
                        .name("redshift-replies")
                        .start(
                                () -> {
                                    try {
                                        replies.run();
                                    } catch (IOException | RuntimeException e) {
                                        LOG.debug(
                                                "redshift replies on port {} ended: {}",
                                                clientSocket.getPort(),
                                                e.getMessage());
                                    } finally {
                                        cut();
                                        pending.abandon();
                                    }
                                });
        try {
            new ClientRequests(client, server, pending, state, config.faults(), config.loader())
                    .run();
        } finally {
            cut();
            join(back);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private MessageStream connect() throws IOException {
        Socket socket = new Socket();
        serverSocket = socket;
        socket.connect(config.server());
        if (clientSocket.isClosed()) {
            socket.close();
        }
        return new MessageStream(socket);
    }

    private boolean authenticated(MessageStream client, String user) throws IOException {
        byte[] salt = new byte[4];
        RANDOM.nextBytes(salt);
        client.write(new MessageBuilder().int32(5).bytes(salt).build('R'));
        client.flush();
        Message answer = client.read();
        String expected = Md5Password.answer(config.user(), config.password(), salt);
        if (answer.type() == 'p'
                && user.equals(config.user())
                && Md5Password.same(expected, answer.reader().string())) {
            return true;
        }
        client.write(
                ServerError.fatal(
                                "28P01", "password authentication failed for user \"" + user + '"')
                        .toMessage());
        client.flush();
        return false;
    }

    private void cancel(byte[] request) throws IOException {
        InetSocketAddress address = config.server();
        try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
            MessageStream server = new MessageStream(socket);
            server.writeUntyped(request);
            server.awaitClose();
        }
    }

    private static Map<String, String> parameters(byte[] startup) {
        String[] parts =
                new String(startup, 4, startup.length - 4, StandardCharsets.UTF_8).split("\0", -1);
        Map<String, String> parameters = new LinkedHashMap<>();
        for (int i = 0; i + 1 < parts.length && !parts[i].isEmpty(); i += 2) {
            if (KNOWN_PARAMETERS.contains(parts[i].toLowerCase(Locale.ROOT))) {
                parameters.put(parts[i], parts[i + 1]);
            }
        }
        return parameters;
    }

    private static byte[] startupPacket(Map<String, String> parameters) {
        MessageBuilder packet = new MessageBuilder().int32(PROTOCOL_3);
        parameters.forEach((name, value) -> packet.string(name).string(value));
        return packet.character('\0').build(' ').body();
    }
}
