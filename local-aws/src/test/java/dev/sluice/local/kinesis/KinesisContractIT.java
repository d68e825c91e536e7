package dev.sluice.local.kinesis;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;

import java.nio.file.Path;

/// Our server, spoken to in each encoding.
@ParameterizedClass
@EnumSource
@TestInstance(Lifecycle.PER_CLASS)
final class KinesisContractIT implements KinesisContract {

    private final WireFormat encoding;
    private KinesisServer server;
    private Clients clients;

    KinesisContractIT(WireFormat encoding) {
        this.encoding = encoding;
    }

    @BeforeAll
    void start(@TempDir Path data) {
        server = KinesisServer.start(KinesisServerConfig.in(data));
        clients =
                switch (encoding) {
                    case CBOR -> Clients.cbor(server.endpoint());
                    case JSON -> Clients.json(server.endpoint());
                };
    }

    @AfterAll
    void stop() {
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
