package dev.sluice.collector;

import dev.sluice.runtime.books.BooksStore;
import dev.sluice.runtime.memory.MemoryBooks;
import dev.sluice.runtime.memory.MemoryStreams;
import dev.sluice.runtime.publish.StreamClient;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The real application on a port of its own, with streams and books in memory.
final class RunningCollector implements AutoCloseable {

    static final String KEY = "test-key";

    /// `printf %s test-key | sha256sum`
    static final String KEY_SHA256 =
            "62af8704764faf8ea82fc61ce9c4c3908b6cb97d463a634e9e587d7c885db0ef";

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final JsonMapper JSON = new JsonMapper();

    private static final Map<String, String> DEFAULTS =
            Map.ofEntries(
                    Map.entry("server.port", "0"),
                    Map.entry("sluice.collector.producers[0].key-sha256", KEY_SHA256),
                    Map.entry("sluice.collector.producers[0].tenant-id", "shop"),
                    Map.entry("sluice.collector.producers[0].source-id", "web"),
                    Map.entry("sluice.collector.shutdown.drain", "0s"),
                    Map.entry("sluice.collector.spill.enabled", "false"),
                    Map.entry("sluice.collector.warm-up.time-limit", "0s"),
                    Map.entry("spring.cloud.aws.region.static", "eu-west-1"),
                    Map.entry("spring.cloud.aws.credentials.access-key", "x"),
                    Map.entry("spring.cloud.aws.credentials.secret-key", "x"),
                    Map.entry("spring.main.banner-mode", "off"));

    private final int port;
    private final MemoryBooks books;
    private final ServletWebServerApplicationContext context;

    private RunningCollector(ServletWebServerApplicationContext context, MemoryBooks books) {
        this.books = books;
        this.context = context;
        port = Objects.requireNonNull(context.getWebServer()).getPort();
    }

    static MemoryStreams streams() {
        MemoryStreams streams = new MemoryStreams();
        streams.create(StoredEvents.RAW, 4);
        return streams;
    }

    /// @param settings `name=value`, over those of `application.yml`
    static RunningCollector start(StreamClient client, String... settings) {
        return start(
                application ->
                        application.registerBean("streamClient", StreamClient.class, () -> client),
                settings);
    }

    static RunningCollector start(
            org.springframework.context.ApplicationContextInitializer<GenericApplicationContext>
                    initializer,
            String... settings) {
        Map<String, String> values = new LinkedHashMap<>(DEFAULTS);
        for (String setting : settings) {
            int equals = setting.indexOf('=');
            values.put(setting.substring(0, equals), setting.substring(equals + 1));
        }
        String[] arguments =
                values.entrySet().stream()
                        .map(value -> "--" + value.getKey() + "=" + value.getValue())
                        .toArray(String[]::new);
        MemoryBooks books = new MemoryBooks();
        return new RunningCollector(
                (ServletWebServerApplicationContext)
                        new SpringApplicationBuilder(CollectorApplication.class)
                                .initializers(
                                        initializer,
                                        (GenericApplicationContext application) ->
                                                application.registerBean(
                                                        BooksStore.class, () -> books))
                                .run(arguments),
                books);
    }

    /// What is in the books, also after the end.
    MemoryBooks books() {
        return books;
    }

    /// How many accepted events the books hold.
    long acceptedInTheBooks() {
        return books.all().stream()
                .flatMap(page -> page.counts().values().stream())
                .mapToLong(counts -> counts.tally().received())
                .sum();
    }

    int port() {
        return port;
    }

    String setting(String name) {
        return context.getEnvironment().getRequiredProperty(name);
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                .timeout(Duration.ofSeconds(60));
    }

    Reply post(String body, String... headers) {
        return post(body.getBytes(StandardCharsets.UTF_8), headers);
    }

    /// Posts to the native path with the known key.
    Reply post(byte[] body, String... headers) {
        HttpRequest.Builder request = request("/v1/events").header("X-Write-Key", KEY);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    Reply get(String path) {
        return send(request(path).GET());
    }

    Reply send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response =
                    HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Reply(response);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        context.close();
    }

    /// An answer as a client sees it.
    record Reply(HttpResponse<String> response) {

        int status() {
            return response.statusCode();
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        List<String> headerValues(String name) {
            return response.headers().allValues(name);
        }

        JsonNode json() {
            return JSON.readTree(response.body());
        }

        String errorCode() {
            return json().at("/error/code").asString("");
        }

        String errorMessage() {
            return json().at("/error/message").asString("");
        }
    }
}
