package dev.sluice.local;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Faults over HTTP, on 127.0.0.1: moves bytes for [AdminCommands].
final class AdminServer implements AutoCloseable {

    private final HttpServer http;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AdminCommands commands;

    private AdminServer(HttpServer http, AdminCommands commands) {
        this.http = http;
        this.commands = commands;
        http.createContext("/", this::serve);
        http.setExecutor(threads);
        http.start();
    }

    /// @param port 0 for any free one
    /// @throws UncheckedIOException when the port cannot be had
    static AdminServer start(int port, AdminCommands commands) {
        try {
            InetSocketAddress address =
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
            return new AdminServer(HttpServer.create(address, 0), commands);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the admin endpoint cannot listen on 127.0.0.1:" + port, e);
        }
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            AdminCommands.Answer answer =
                    commands.answer(
                            exchange.getRequestMethod(),
                            exchange.getRequestURI().getPath(),
                            exchange.getRequestBody().readAllBytes());
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders()
                    .set(
                            "Content-Type",
                            answer.status() == 200
                                    ? "application/json"
                                    : "text/plain; charset=utf-8");
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
    }
}
