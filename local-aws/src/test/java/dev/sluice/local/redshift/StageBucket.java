package dev.sluice.local.redshift;

import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

import java.nio.file.Path;

/// The bucket that tests load from.
record StageBucket(S3Client client) {

    static final String BUCKET = "stage";

    void put(String key, byte[] content) {
        client.putObject(put -> put.bucket(BUCKET).key(key), RequestBody.fromBytes(content));
    }

    void put(String key, Path content) {
        client.putObject(put -> put.bucket(BUCKET).key(key), RequestBody.fromFile(content));
    }
}
