package dev.sluice.loader.sink.opensearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A real OpenSearch in a process of its own.
final class OpenSearchServer implements AutoCloseable {

    /// Written by the build before integration tests.
    static final Path CLASS_PATH = Path.of("target", "opensearch.classpath");

    private static final Duration START = Duration.ofMinutes(4);

    final URI uri;
    private final Process process;
    private final HttpClient client = HttpClient.newHttpClient();

    OpenSearchServer(Path folder) throws IOException {
        int http = freePort();
        uri = URI.create("http://127.0.0.1:" + http);
        Path output = folder.resolve("node.log");
        process =
                new ProcessBuilder(
                                List.of(
                                        Path.of(System.getProperty("java.home"), "bin", "java")
                                                .toString(),
                                        "-Xmx512m",
                                        "-XX:+UseSerialGC",
                                        "-XX:TieredStopAtLevel=1",
                                        "--enable-native-access=ALL-UNNAMED",
                                        "-cp",
                                        Files.readString(CLASS_PATH).strip(),
                                        "src/test/opensearch/OpenSearchNode.java",
                                        folder.resolve("node").toString(),
                                        String.valueOf(http),
                                        String.valueOf(freePort())))
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        await().atMost(START)
                .pollInterval(Duration.ofMillis(500))
                .until(
                        () -> {
                            assertThat(process.isAlive()).as(Files.readString(output)).isTrue();
                            return isUp();
                        });
    }

    /// The answer to a request.
    String ask(String method, String path) {
        HttpRequest request =
                HttpRequest.newBuilder(uri.resolve(path))
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .timeout(Duration.ofSeconds(60))
                        .build();
        try {
            return client.send(request, BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private boolean isUp() {
        try {
            return ask("GET", "/_cluster/health").contains("\"status\":\"green\"");
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    @Override
    public void close() throws Exception {
        client.close();
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
