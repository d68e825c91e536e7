package dev.sluice.loader.sink.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// The ClickHouse server that is installed on this machine, with data of its own.
final class ClickHouseServer implements AutoCloseable {

    static final String USER = "default";
    static final String PASSWORD = "hush";

    private static final Path PROGRAM = Path.of("/usr/sbin/clickhouse-server");

    private static final String CONFIG =
            """
            <yandex>
              <logger><level>warning</level><console>1</console></logger>
              <listen_host>127.0.0.1</listen_host>
              <http_port>%d</http_port><tcp_port>%d</tcp_port>
              <path>%s/data/</path><tmp_path>%s/tmp/</tmp_path>
              <users_config>users.xml</users_config>
              <default_profile>default</default_profile>
              <default_database>default</default_database>
              <mark_cache_size>16777216</mark_cache_size>
            </yandex>
            """;

    private static final String USERS =
            """
            <yandex>
              <profiles><default/></profiles><quotas><default/></quotas>
              <users><default>
                <password>hush</password><networks><ip>127.0.0.1</ip></networks>
                <profile>default</profile><quota>default</quota>
              </default></users>
            </yandex>
            """;

    private final URI uri;
    private final Process process;
    private final HttpClient client = HttpClient.newHttpClient();

    static boolean isInstalled() {
        return Files.isExecutable(PROGRAM);
    }

    ClickHouseServer(Path folder) throws IOException {
        int port = freePort();
        uri = URI.create("http://127.0.0.1:" + port);
        Path config = folder.resolve("config.xml");
        Files.writeString(config, CONFIG.formatted(port, freePort(), folder, folder));
        Files.writeString(folder.resolve("users.xml"), USERS);
        Path output = folder.resolve("server.log");
        process =
                new ProcessBuilder(PROGRAM.toString(), "--config-file=" + config)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        await().atMost(Duration.ofMinutes(2))
                .until(
                        () -> {
                            assertThat(process.isAlive()).as(Files.readString(output)).isTrue();
                            return isUp();
                        });
    }

    /// The answer to a statement.
    String ask(String statement) {
        HttpResponse<byte[]> reply =
                send("/", USER, PASSWORD, statement.getBytes(StandardCharsets.UTF_8));
        String said = new String(reply.body(), StandardCharsets.UTF_8);
        assertThat(reply.statusCode()).as(said).isEqualTo(200);
        return said;
    }

    HttpResponse<byte[]> send(String target, String user, String password, byte[] body) {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(uri + target))
                        .timeout(Duration.ofSeconds(60))
                        .header("X-ClickHouse-User", user)
                        .header("X-ClickHouse-Key", password)
                        .POST(BodyPublishers.ofByteArray(body))
                        .build();
        try {
            return client.send(request, BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private boolean isUp() {
        try {
            return ask("SELECT 1").startsWith("1");
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
