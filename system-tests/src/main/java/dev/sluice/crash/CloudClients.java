package dev.sluice.crash;

import dev.sluice.fleet.FleetBucket;
import dev.sluice.fleet.FleetEndpoints;
import dev.sluice.runtime.objects.ObjectStore;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisClient;

import java.net.URI;

/// The auditor's own way to the streams and the bucket.
record CloudClients(KinesisClient kinesis, FleetBucket bucket) implements AutoCloseable {

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
        return new CloudClients(kinesis, FleetBucket.of(fleet));
    }

    ObjectStore objects() {
        return bucket.objects();
    }

    @Override
    public void close() {
        kinesis.close();
        bucket.close();
    }
}
