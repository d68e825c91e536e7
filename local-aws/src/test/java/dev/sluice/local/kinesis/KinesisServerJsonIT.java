package dev.sluice.local.kinesis;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;

import java.nio.file.Path;

/// Our server, spoken to in JSON.
final class KinesisServerJsonIT implements KinesisContract {

    private static KinesisServer server;
    private static Clients clients;

    @BeforeAll
    static void start(@TempDir Path data) {
        server = KinesisServer.start(KinesisServerConfig.in(data));
        clients = Clients.json(server.endpoint());
    }

    @AfterAll
    static void stop() {
        clients.close();
        server.close();
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
