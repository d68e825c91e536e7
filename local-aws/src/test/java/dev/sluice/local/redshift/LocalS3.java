package dev.sluice.local.redshift;

import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

import java.net.URI;
import java.nio.file.Path;

/// An S3 endpoint on a folder, with one bucket.
final class LocalS3 implements AutoCloseable {

    static final String BUCKET = "stage";

    private final S3Proxy proxy;
    private final S3Client client;

    private LocalS3(S3Proxy proxy, S3Client client) {
        this.proxy = proxy;
        this.client = client;
    }

    static LocalS3 start(Path folder) throws Exception {
        S3Proxy proxy =
                S3Proxy.builder()
                        .endpoint(URI.create("http://127.0.0.1:0"))
                        .blobStore(new FilesystemNio2BlobStore(folder.toString()))
                        .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, "local", "local")
                        .ignoreUnknownHeaders(true)
                        .jettyMaxThreads(24)
                        .build();
        proxy.start();
        S3Client client =
                S3Client.builder()
                        .endpointOverride(URI.create("http://127.0.0.1:" + proxy.getPort()))
                        .credentialsProvider(
                                StaticCredentialsProvider.create(
                                        AwsBasicCredentials.create("local", "local")))
                        .region(Region.EU_WEST_1)
                        .forcePathStyle(true)
                        .httpClientBuilder(Apache5HttpClient.builder())
                        .build();
        client.createBucket(bucket -> bucket.bucket(BUCKET));
        return new LocalS3(proxy, client);
    }

    S3Client client() {
        return client;
    }

    void put(String key, byte[] content) {
        client.putObject(put -> put.bucket(BUCKET).key(key), RequestBody.fromBytes(content));
    }

    void put(String key, Path content) {
        client.putObject(put -> put.bucket(BUCKET).key(key), RequestBody.fromFile(content));
    }

    @Override
    public void close() throws Exception {
        client.close();
        proxy.stop();
    }
}
