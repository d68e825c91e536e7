package dev.sluice.local.kinesis;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.local.Poll;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.KinesisException;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/// The same contract against kinesis-local (kinesis-mock, MIT), which keeps ours honest; skipped
/// where node or npm is missing or cannot get the package.
final class KinesisLocalIT implements KinesisContract {

    private static final String PACKAGE = "kinesis-local@0.6.2";
    private static final Logger LOG = LoggerFactory.getLogger(KinesisLocalIT.class);

    private static Process process;
    private static Clients clients;

    @BeforeAll
    static void start() throws Exception {
        Path home = Path.of("target", "kinesis-local").toAbsolutePath();
        Path installed = home.resolve("node_modules/kinesis-local");
        Path script = installed.resolve("main.js");
        require(succeeds("node", "--version"), "node is not installed");
        install(home);
        int port = freePort();
        ProcessBuilder builder =
                new ProcessBuilder(
                                "node",
                                "--require",
                                loopbackOnly(home).toString(),
                                script.toString())
                        .directory(installed.toFile()) // it reads its certificate there
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
        Poll.until(() -> answers(endpoint), "kinesis-local answers");
        clients = Clients.cbor(endpoint);
    }

    /// Skips all of it. The reason goes to the log, as reports leave out why a class was skipped.
    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            LOG.warn("skipped, the contract is not compared with {}: {}", PACKAGE, otherwise);
        }
        assumeTrue(condition, otherwise);
    }

    /// Once for a `target` folder; npm writes its list of what is installed last.
    private static void install(Path home) throws Exception {
        if (Files.exists(home.resolve("node_modules/.package-lock.json"))) {
            return;
        }
        Files.createDirectories(home);
        require(succeeds("npm", "--version"), "npm is not installed");
        require(
                succeeds(
                        "npm",
                        "install",
                        "--prefix",
                        home.toString(),
                        "--no-audit",
                        "--no-fund",
                        "--prefer-offline",
                        "--fetch-retries=0",
                        "--fetch-timeout=20000",
                        PACKAGE),
                "npm cannot install " + PACKAGE);
    }

    /// It would listen on every address; this makes node's servers listen on 127.0.0.1.
    private static Path loopbackOnly(Path home) throws IOException {
        return Files.writeString(
                home.resolve("loopback.cjs"),
                """
                const { Server } = require('net');
                const listen = Server.prototype.listen;
                Server.prototype.listen = function (first, ...rest) {
                  const at = typeof first === 'object' ? first : { port: Number(first) };
                  const done = rest.filter((each) => typeof each === 'function');
                  return listen.call(this, { ...at, host: '127.0.0.1' }, ...done);
                };
                """);
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

    @Override
    @Test
    public void refusesMoreThan500Records() {
        deviates(
                "kinesis-local takes 501 records; the service's limit is 500",
                KinesisContract.super::refusesMoreThan500Records);
    }

    @Override
    @Test
    public void refusesToScaleBeyondDoubleOrBelowHalf() {
        deviates(
                "kinesis-local scales beyond double; the service refuses",
                KinesisContract.super::refusesToScaleBeyondDoubleOrBelowHalf);
    }

    @Override
    @Test
    public void refusesASplitOutsideTheShard() {
        deviates(
                "kinesis-local splits at 0; the service wants a key inside the shard",
                KinesisContract.super::refusesASplitOutsideTheShard);
    }

    @Override
    @Test
    public void listsTheShardsOfTheTrimHorizon() {
        deviates(
                "kinesis-local lists the children of a later split too",
                KinesisContract.super::listsTheShardsOfTheTrimHorizon);
    }

    @Override
    @Test
    public void scalesToUniformRanges() {
        deviates(
                "kinesis-local scales to ranges of unequal size; the service's are uniform",
                KinesisContract.super::scalesToUniformRanges);
    }

    @Override
    @Test
    public void refusesAnIteratorItNeverGave() {
        deviates(
                "kinesis-local answers 500 to an iterator it cannot read; the service 400",
                KinesisContract.super::refusesAnIteratorItNeverGave);
    }

    @Override
    @Test
    public void refusesASequenceNumberOfAnotherShard() {
        deviates(
                "kinesis-local says ResourceNotFound; the service InvalidArgument",
                KinesisContract.super::refusesASequenceNumberOfAnotherShard);
    }

    @Override
    @Test
    public void refusesATimeToCome() {
        deviates(
                "kinesis-local takes a future timestamp; the service refuses",
                KinesisContract.super::refusesATimeToCome);
    }

    /// The contract does not hold here. Once it does, this fails, and the override has to go.
    private static void deviates(String how, ThrowingCallable contract) {
        assertThatThrownBy(contract)
                .as(how)
                .isInstanceOfAny(AssertionError.class, KinesisException.class);
    }
}
