package dev.sluice.local;

import org.jspecify.annotations.Nullable;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

import java.util.function.Supplier;

/// The S3 client that the warehouse's COPY reads with; one for the life of the warehouse.
final class CopyClient implements Supplier<S3Client>, AutoCloseable {

    private final StartContext context;
    private @Nullable S3Client client;

    CopyClient(StartContext context) {
        this.context = context;
    }

    @Override
    public synchronized S3Client get() {
        if (client == null) {
            client =
                    S3Client.builder()
                            .endpointOverride(context.s3().get())
                            .forcePathStyle(true)
                            .httpClientBuilder(Apache5HttpClient.builder())
                            .region(Region.of(context.credentials().region()))
                            .credentialsProvider(
                                    StaticCredentialsProvider.create(
                                            AwsBasicCredentials.create(
                                                    context.credentials().accessKey(),
                                                    context.credentials().secretKey())))
                            .build();
        }
        return client;
    }

    @Override
    public synchronized void close() {
        if (client != null) {
            client.close();
        }
    }
}
