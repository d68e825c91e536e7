package dev.sluice.enricher.ingress.geo;

import dev.sluice.local.s3.S3FaultRule;
import dev.sluice.local.s3.S3Server;
import dev.sluice.local.s3.S3ServerConfig;
import dev.sluice.runtime.kinesis.LocalClients;
import dev.sluice.runtime.kinesis.S3ObjectStore;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

import software.amazon.awssdk.services.s3.S3Client;

import java.nio.file.Path;
import java.time.InstantSource;

/// In a bucket that is spoken to as S3 is.
class StoredGeoFilesIT extends GeoFilesKit {

    private static final String BUCKET = "lake";

    @TempDir static Path folder;

    private static S3Server server;
    private static S3Client client;
    private static int tests;

    private final String prefix = "geo-" + tests++ + "/";

    @BeforeAll
    static void start() {
        server = S3Server.start(S3ServerConfig.in(folder.resolve("s3")).withBuckets(BUCKET));
        client = LocalClients.s3(server.endpoint());
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    @AfterEach
    void mend() {
        server.faults().clear();
    }

    @Override
    GeoFiles files() {
        return new StoredGeoFiles(objects(), prefix);
    }

    @Override
    void put(String name, byte[] content) {
        objects().write(prefix + name, content);
        objects().write(prefix + "old/" + name, content);
    }

    @Override
    void remove(String name) {
        objects().delete(prefix + name);
    }

    @Override
    void goAway() {
        server.faults().add(S3FaultRule.always(S3FaultRule.Kind.FAIL).under(prefix));
    }

    private static S3ObjectStore objects() {
        return new S3ObjectStore(client, BUCKET, folder, InstantSource.system());
    }
}
