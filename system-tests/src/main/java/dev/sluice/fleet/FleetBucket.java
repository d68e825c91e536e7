package dev.sluice.fleet;

import dev.sluice.runtime.kinesis.S3ObjectStore;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;

/// The way to a bucket for whoever is not a service.
///
/// @param s3 is closed with it
public record FleetBucket(S3Client s3, S3ObjectStore objects) implements AutoCloseable {

    /// The bucket of a fleet on this machine.
    public static FleetBucket of(URI endpoint, String region, String bucket) {
        return of(
                S3Client.builder()
                        .endpointOverride(endpoint)
                        .forcePathStyle(true)
                        .region(Region.of(region))
                        .credentialsProvider(
                                StaticCredentialsProvider.create(
                                        AwsBasicCredentials.create("local", "local")))
                        .httpClientBuilder(Apache5HttpClient.builder())
                        .build(),
                bucket);
    }

    /// The bucket of a fleet that runs on this machine.
    public static FleetBucket of(FleetEndpoints fleet) {
        return of(URI.create(fleet.s3Endpoint()), fleet.region(), fleet.bucket());
    }

    /// A bucket of AWS, with the account and region of the environment.
    public static FleetBucket inCloud(String bucket) {
        return of(
                S3Client.builder().httpClientBuilder(Apache5HttpClient.builder()).build(), bucket);
    }

    private static FleetBucket of(S3Client s3, String bucket) {
        return new FleetBucket(
                s3,
                new S3ObjectStore(
                        s3,
                        bucket,
                        Path.of(System.getProperty("java.io.tmpdir")),
                        InstantSource.system()));
    }

    @Override
    public void close() {
        s3.close();
    }
}
