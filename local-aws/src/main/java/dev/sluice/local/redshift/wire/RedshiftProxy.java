package dev.sluice.local.redshift.wire;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Listens on loopback and gives every connection a [Session] on virtual threads.
public final class RedshiftProxy implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RedshiftProxy.class);
    private static final int BACKLOG = 64;

    private final ProxyConfig config;
    private final Set<Session> sessions = ConcurrentHashMap.newKeySet();
    private final int port;
    private ServerSocket listener;
    private Thread acceptor;

    private RedshiftProxy(ProxyConfig config, ServerSocket listener) {
        this.config = config;
        this.listener = listener;
        this.port = listener.getLocalPort();
        this.acceptor = accept(listener);
    }

    /// @param port TCP port on 127.0.0.1, 0 for any free one
    /// @throws UncheckedIOException when the port cannot be had
    public static RedshiftProxy start(int port, ProxyConfig config) {
        return new RedshiftProxy(config, listen(port));
    }

    public int port() {
        return port;
    }

    /// Cuts every session and refuses new connections until [#resume()].
    public synchronized void pause() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close port " + port, e);
        }
        awaitAcceptor();
        sessions.forEach(Session::cut);
    }

    /// The port is free only when the virtual thread that accepts has let go of it.
    private void awaitAcceptor() {
        try {
            acceptor.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public synchronized boolean isPaused() {
        return listener.isClosed();
    }

    /// Listens again on the same port; does nothing when it already does.
    public synchronized void resume() {
        if (listener.isClosed()) {
            listener = listen(port);
            acceptor = accept(listener);
        }
    }

    @Override
    public void close() {
        pause();
    }

    private static ServerSocket listen(int port) {
        try {
            ServerSocket socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on 127.0.0.1:" + port, e);
        }
    }

    private Thread accept(ServerSocket on) {
        return Thread.ofVirtual()
                .name("redshift-accept")
                .start(
                        () -> {
                            while (!on.isClosed()) {
                                try {
                                    serve(on, on.accept());
                                } catch (IOException e) {
                                    LOG.debug(
                                            "port {} no longer accepts: {}", port, e.getMessage());
                                }
                            }
                        });
    }

    private void serve(ServerSocket on, Socket socket) {
        Session session = new Session(socket, config);
        sessions.add(session);
        if (on.isClosed()) {
            session.cut();
        }
        Thread.ofVirtual()
                .name("redshift-session")
                .start(
                        () -> {
                            try {
                                session.run();
                            } finally {
                                sessions.remove(session);
                            }
                        });
    }
}
