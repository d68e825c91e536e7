package dev.sluice.runtime.kinesis;

import dev.sluice.local.s3.S3Operation;
import dev.sluice.local.s3.S3Server;
import dev.sluice.local.s3.S3ServerConfig;
import dev.sluice.runtime.objects.ConditionalObjects;
import dev.sluice.runtime.objects.ConditionalObjectsKit;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

import software.amazon.awssdk.services.s3.S3Client;

import java.nio.file.Path;
import java.time.InstantSource;

class S3ConditionalObjectsIT extends ConditionalObjectsKit {

    @TempDir private static Path spool;
    private static S3Server server;
    private static S3Client client;

    @BeforeAll
    static void start(@TempDir Path directory) {
        server = S3Server.start(S3ServerConfig.in(directory).withBuckets("objects"));
        client = LocalClients.s3(server.endpoint());
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    @Override
    protected ConditionalObjects objects() {
        return new S3ObjectStore(client, "objects", spool, InstantSource.system());
    }

    @Override
    protected void loseNextAnswer() {
        server.faults().loseAnswer(S3Operation.PUT, "", 1);
    }

    @AfterEach
    void heal() {
        server.faults().clear();
    }
}
