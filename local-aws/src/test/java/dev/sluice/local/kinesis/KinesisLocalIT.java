package dev.sluice.local.kinesis;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/// The same contract against kinesis-local (kinesis-mock, MIT), which keeps ours honest; skipped
// without node and npm.
final class KinesisLocalIT implements KinesisContract {

    private static final String PACKAGE = "kinesis-local@0.6.2";

    private static Process process;
    private static Clients clients;

    @BeforeAll
    static void start() throws Exception {
        Path home = Path.of("target", "kinesis-local").toAbsolutePath();
        Path script = home.resolve("node_modules/kinesis-local/main.js");
        Files.createDirectories(home);
        if (!Files.exists(script)) {
            assumeTrue(
                    succeeds("npm", "install", "--prefix", home.toString(), "--no-audit", PACKAGE),
                    "npm is missing or cannot install " + PACKAGE);
        }
        assumeTrue(succeeds("node", "--version"), "node is missing");
        int port = freePort();
        ProcessBuilder builder =
                new ProcessBuilder("node", script.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(home.resolve("kinesis-local.log").toFile());
        builder.environment().put("KINESIS_MOCK_PLAIN_PORT", String.valueOf(port));
        builder.environment().put("KINESIS_MOCK_TLS_PORT", String.valueOf(freePort()));
        for (String change :
                new String[] {
                    "CREATE_STREAM",
                    "DELETE_STREAM",
                    "SPLIT_SHARD",
                    "MERGE_SHARDS",
                    "UPDATE_SHARD_COUNT",
                    "UPDATE_STREAM_MODE"
                }) {
            builder.environment().put(change + "_DURATION", "20ms");
        }
        builder.environment().put("SHARD_LIMIT", "1000");
        process = builder.start();
        URI endpoint = URI.create("http://127.0.0.1:" + port);
        Probe.await(() -> answers(endpoint), "kinesis-local answers");
        clients = Clients.cbor(endpoint);
    }

    private static boolean succeeds(String... command) throws InterruptedException {
        try {
            Process run =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            if (!run.waitFor(120, TimeUnit.SECONDS)) {
                run.destroyForcibly();
            }
            return run.waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static boolean answers(URI endpoint) {
        try {
            HttpURLConnection probe = (HttpURLConnection) endpoint.toURL().openConnection();
            return probe.getResponseCode() > 0;
        } catch (IOException e) {
            return false;
        }
    }

    @AfterAll
    static void stop() throws InterruptedException {
        if (clients != null) {
            clients.close();
        }
        if (process != null) {
            process.destroyForcibly().waitFor();
        }
    }

    @Override
    public KinesisClient client() {
        return clients.sync();
    }

    @Override
    public KinesisAsyncClient asyncClient() {
        return clients.async();
    }
}
