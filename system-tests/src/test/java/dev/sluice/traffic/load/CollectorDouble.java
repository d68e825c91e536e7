package dev.sluice.traffic.load;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.zip.GZIPInputStream;

/// A collector on the loopback that answers by a script and remembers what it was sent.
final class CollectorDouble implements AutoCloseable {

    /// One request as it arrived.
    record Received(String authorization, String contentType, boolean gzip, List<JsonNode> events) {
        List<String> ids() {
            return events.stream().map(event -> event.path("event_id").stringValue()).toList();
        }
    }

    /// @param status 0 breaks the connection without an answer
    record Reply(int status, String retryAfter) {
        static final Reply OK = new Reply(200, "");
        static final Reply BROKEN = new Reply(0, "");
    }

    final List<Received> received = Collections.synchronizedList(new ArrayList<>());

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final IntFunction<Reply> script;

    /// @param script the reply to the n-th request, the first is 0
    CollectorDouble(IntFunction<Reply> script) throws IOException {
        this.script = script;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/v1/events", this::handle);
        server.start();
    }

    URI events() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1/events");
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        Received request = read(exchange);
        int number;
        synchronized (received) {
            number = received.size();
            received.add(request);
        }
        Reply reply = script.apply(number);
        if (reply.status() == 0) {
            throw new IOException("broken on purpose");
        }
        if (!reply.retryAfter().isEmpty()) {
            exchange.getResponseHeaders().add("Retry-After", reply.retryAfter());
        }
        byte[] body = "{\"received\":1}".getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(reply.status(), body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static Received read(HttpExchange exchange) throws IOException {
        String encoding = String.valueOf(exchange.getRequestHeaders().getFirst("Content-Encoding"));
        String contentType = String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type"));
        boolean gzip = encoding.equals("gzip");
        List<JsonNode> events = new ArrayList<>();
        try (InputStream raw = exchange.getRequestBody();
                InputStream in = gzip ? new GZIPInputStream(raw) : raw) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            if (contentType.equals("application/json")) {
                JsonMapper.shared().readTree(text).forEach(events::add);
            } else {
                text.lines().map(JsonMapper.shared()::readTree).forEach(events::add);
            }
        }
        return new Received(
                String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")),
                contentType,
                gzip,
                events);
    }
}
