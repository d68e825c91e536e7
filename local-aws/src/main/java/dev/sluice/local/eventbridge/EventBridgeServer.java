package dev.sluice.local.eventbridge;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/// Amazon EventBridge on this machine, over plain HTTP on 127.0.0.1, as far as senders of events
/// need it: PutEvents, CreateEventBus, DescribeEventBus; the bus `default` is there.
///
/// `GET /events` shows what all buses took, `GET /events/BUS` what one did: a line of JSON for each
/// event, as a target would be given it.
public final class EventBridgeServer implements AutoCloseable {

    static final String ACCOUNT = "000000000000";
    static final String REGION = "us-east-1";

    private static final String EVENTS = "/events";

    private final EventBuses buses;
    private final EventBridgeFaults faults = new EventBridgeFaults();
    private final EventBridgeCalls calls;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final int port;
    private HttpServer http;
    private boolean away;

    private EventBridgeServer(EventBridgeServerConfig config, EventBuses buses) {
        this.buses = buses;
        this.calls = new EventBridgeCalls(buses, faults, config.clock());
        this.http = listen(config.port());
        this.port = http.getAddress().getPort();
    }

    /// Starts a server on the events of its data directory.
    ///
    /// @throws IllegalStateException when another server uses the data directory
    /// @throws UncheckedIOException when the port cannot be had
    public static EventBridgeServer start(EventBridgeServerConfig config) {
        EventBuses buses = EventBuses.open(config.dataDirectory());
        try {
            return new EventBridgeServer(config, buses);
        } catch (RuntimeException e) {
            buses.close();
            throw e;
        }
    }

    /// Where clients connect.
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /// The faults it commits; none at first.
    public EventBridgeFaults faults() {
        return faults;
    }

    /// The events that a bus took, a line of JSON each, in order.
    public List<String> events(String bus) {
        return buses.events(bus);
    }

    /// Refuses connections, as if the service were not there, until [#comeBack]. Requests under way
    /// are cut off; they may take effect.
    public synchronized void goAway() {
        if (!away) {
            away = true;
            http.stop(0);
        }
    }

    public synchronized boolean isAway() {
        return away;
    }

    /// Listens again on the same port; does nothing when it does already.
    public synchronized void comeBack() {
        if (closed.get()) {
            throw new IllegalStateException("EventBridge at " + endpoint() + " is closed");
        }
        if (away) {
            http = listen(port);
            away = false;
        }
    }

    /// Ends connections and frees the data directory. Idempotent.
    @Override
    public void close() {
        if (!closed.getAndSet(true)) {
            goAway();
            threads.shutdownNow();
            buses.close();
        }
    }

    static String arn(String bus) {
        return "arn:aws:events:" + REGION + ":" + ACCOUNT + ":event-bus/" + bus;
    }

    private HttpServer listen(int wanted) {
        try {
            HttpServer server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted), 0);
            server.createContext("/", this::serve);
            server.setExecutor(threads);
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException("EventBridge cannot listen on 127.0.0.1:" + wanted, e);
        }
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String path = exchange.getRequestURI().getPath();
            if (exchange.getRequestMethod().equals("GET") && path.startsWith(EVENTS)) {
                send(exchange, 200, "application/x-ndjson", recorded(path));
            } else {
                answer(exchange, body);
            }
        }
    }

    private void answer(HttpExchange exchange, byte[] body) throws IOException {
        String target =
                Optional.ofNullable(exchange.getRequestHeaders().getFirst("X-Amz-Target"))
                        .orElse("");
        EventBridgeCalls.Answer answer = calls.answer(target, body);
        LockSupport.parkNanos(answer.delay().toNanos());
        if (answer.dropped()) {
            return; // closed without an answer
        }
        if (!answer.errorType().isEmpty()) {
            exchange.getResponseHeaders().set("x-amzn-ErrorType", answer.errorType());
        }
        send(exchange, answer.status(), "application/x-amz-json-1.1", answer.body());
    }

    private String recorded(String path) {
        String bus = path.substring(EVENTS.length()).replace("/", "");
        List<String> wanted = bus.isEmpty() ? buses.names() : List.of(EventBuses.name(bus));
        return wanted.stream()
                .flatMap(name -> buses.events(name).stream())
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }

    private static void send(HttpExchange exchange, int status, String type, String body)
            throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
