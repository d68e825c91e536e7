package dev.sluice.crash;

import dev.sluice.fleet.FleetEndpoints;
import dev.sluice.runtime.kinesis.S3ObjectStore;
import dev.sluice.runtime.objects.ObjectStore;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.s3.S3Client;

import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;

/// The auditor's own way to the streams and the bucket.
record CloudClients(KinesisClient kinesis, S3Client s3, ObjectStore objects)
        implements AutoCloseable {

    static CloudClients of(FleetEndpoints fleet) {
        StaticCredentialsProvider anyone =
                StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local"));
        Region region = Region.of(fleet.region());
        KinesisClient kinesis =
                KinesisClient.builder()
                        .endpointOverride(URI.create(fleet.kinesisEndpoint()))
                        .region(region)
                        .credentialsProvider(anyone)
                        .httpClientBuilder(Apache5HttpClient.builder())
                        .build();
        S3Client s3 =
                S3Client.builder()
                        .endpointOverride(URI.create(fleet.s3Endpoint()))
                        .forcePathStyle(true)
                        .region(region)
                        .credentialsProvider(anyone)
                        .httpClientBuilder(Apache5HttpClient.builder())
                        .build();
        ObjectStore objects =
                new S3ObjectStore(
                        s3,
                        fleet.bucket(),
                        Path.of(System.getProperty("java.io.tmpdir")),
                        InstantSource.system());
        return new CloudClients(kinesis, s3, objects);
    }

    @Override
    public void close() {
        kinesis.close();
        s3.close();
    }
}
