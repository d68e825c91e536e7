package dev.sluice.loader.sink.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;

import dev.sluice.runtime.failure.SetupFailure;
import dev.sluice.runtime.failure.TransientFailure;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

class SinkEndpointTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final byte[] BODY = "payload".getBytes(StandardCharsets.UTF_8);

    @TempDir private Path folder;

    @Test
    void givesWhateverIsAnswered() {
        try (HttpStub stub = new HttpStub(_ -> new HttpStub.Reply(418, "teapot"));
                SinkEndpoint endpoint =
                        new SinkEndpoint(
                                URI.create(stub.uri() + "/"),
                                Authorization.fixed(Map.of("X-Key", "k")),
                                SOON,
                                null)) {
            HttpReply reply = endpoint.send("PUT", "/a?b=c", "text/plain", BODY);

            assertThat(reply.status()).isEqualTo(418);
            assertThat(reply.body()).asString(StandardCharsets.UTF_8).isEqualTo("teapot");
            assertThat(stub.requests)
                    .singleElement()
                    .satisfies(
                            request -> {
                                assertThat(request.method()).isEqualTo("PUT");
                                assertThat(request.target()).isEqualTo("/a?b=c");
                                assertThat(request.text()).isEqualTo("payload");
                                assertThat(request.header("X-key")).isEqualTo("k");
                            });
        }
    }

    @Test
    void nobodyThereIsAFailureThatMayPass() {
        int port;
        try (HttpStub gone = new HttpStub(_ -> new HttpStub.Reply(200, ""))) {
            port = gone.port();
        }
        try (SinkEndpoint endpoint = open("http://localhost:" + port, SOON, null)) {
            assertThatThrownBy(() -> endpoint.send("POST", "/_bulk?secret", "text/plain", BODY))
                    .isInstanceOf(TransientFailure.class)
                    .hasMessage(
                            "no answer to POST http://localhost:%d/_bulk: ConnectException", port);
        }
    }

    @Test
    void anAnswerThatDoesNotComeIsAFailureThatMayPass() {
        CountDownLatch asked = new CountDownLatch(1);
        try (HttpStub stub =
                        new HttpStub(
                                _ -> {
                                    awaitQuietly(asked);
                                    return new HttpStub.Reply(200, "");
                                });
                SinkEndpoint endpoint = open(stub.uri().toString(), Duration.ofMillis(200), null)) {
            assertThatThrownBy(() -> endpoint.send("POST", "/", "text/plain", BODY))
                    .isInstanceOf(TransientFailure.class)
                    .hasMessageEndingWith("HttpTimeoutException");
            asked.countDown();
        }
    }

    @Test
    void statusesSayWhetherToTryAgain() {
        assertThat(failure(503)).isInstanceOf(TransientFailure.class);
        assertThat(failure(429)).isInstanceOf(TransientFailure.class);
        assertThat(failure(404))
                .isInstanceOf(SetupFailure.class)
                .hasMessage("PUT x answered 404 e");
        assertThat(failure(401))
                .isInstanceOf(SetupFailure.class)
                .hasMessageContaining("credentials");
    }

    @Test
    void trustsTheCertificatesOfAFileAndNoOthers() throws IOException, GeneralSecurityException {
        HttpsServer server =
                HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        Path pem = certify(server);
        try (HttpStub stub = new HttpStub(server, _ -> new HttpStub.Reply(200, "ok"))) {
            String uri = "https://localhost:" + stub.port();
            try (SinkEndpoint trusting = open(uri, SOON, pem)) {
                assertThat(trusting.send("GET", "/", "text/plain", BODY).isSuccess()).isTrue();
            }
            try (SinkEndpoint doubting = open(uri, SOON, null)) {
                assertThatThrownBy(() -> doubting.send("GET", "/", "text/plain", BODY))
                        .isInstanceOf(SetupFailure.class)
                        .hasMessageContaining("not trusted");
            }
        }
        Path missing = folder.resolve("missing.pem");
        assertThatThrownBy(() -> open("https://localhost", SOON, missing))
                .isInstanceOf(SetupFailure.class)
                .hasMessageContaining("missing.pem");
    }

    /// Gives the server a key, and writes down its certificate.
    private Path certify(HttpsServer server) throws IOException, GeneralSecurityException {
        Path store = folder.resolve("store.p12");
        char[] password = "changeit".toCharArray();
        keytool(store);
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, password);
        }
        KeyManagerFactory managers =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        String encoded =
                Base64.getMimeEncoder().encodeToString(keys.getCertificate("sink").getEncoded());
        return Files.writeString(
                folder.resolve("trusted.pem"),
                "-----BEGIN CERTIFICATE-----\n" + encoded + "\n-----END CERTIFICATE-----\n");
    }

    private static void keytool(Path store) throws IOException {
        Path tool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        String arguments =
                "-genkeypair -alias sink -keyalg EC -storetype PKCS12 -storepass changeit"
                        + " -dname CN=localhost -ext SAN=dns:localhost -keystore "
                        + store;
        Process process =
                new ProcessBuilder((tool + " " + arguments).split(" "))
                        .redirectErrorStream(true)
                        .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(store).as(said).exists();
    }

    private static SinkEndpoint open(String uri, Duration timeout, @Nullable Path trusted) {
        return new SinkEndpoint(URI.create(uri), Authorization.none(), timeout, trusted);
    }

    private static RuntimeException failure(int status) {
        return new HttpReply("PUT x", status, HttpHeaders.of(Map.of(), (_, _) -> true), new byte[0])
                .failure("e");
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
