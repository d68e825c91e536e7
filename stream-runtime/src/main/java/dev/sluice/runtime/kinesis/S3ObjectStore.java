package dev.sluice.runtime.kinesis;

import dev.sluice.runtime.objects.ConditionalObjects;
import dev.sluice.runtime.objects.ObjectStore;
import dev.sluice.runtime.objects.ObjectSummary;
import dev.sluice.runtime.objects.PendingObject;
import dev.sluice.runtime.objects.TaggedObject;

import org.jspecify.annotations.Nullable;

import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// One bucket of Amazon S3. An object is put in one request, whole, with a CRC32C that S3 checks,
/// so it is at most 5 GB (PutObject, S3 API reference). The client retries.
public final class S3ObjectStore implements ObjectStore, ConditionalObjects {

    private static final int IN_MEMORY = 8 << 20;
    private static final int PRECONDITION_FAILED = 412;

    private final S3Client s3;
    private final String bucket;
    private final Path spoolDirectory;
    private final InstantSource clock;

    /// @param s3 retries by itself
    /// @param spoolDirectory where contents of more than 8 MiB wait for publication
    /// @param clock gives the modification time of what was just put, as S3's answer has none
    public S3ObjectStore(S3Client s3, String bucket, Path spoolDirectory, InstantSource clock) {
        this.s3 = s3;
        this.bucket = bucket;
        this.spoolDirectory = spoolDirectory;
        this.clock = clock;
    }

    @Override
    public PendingObject begin(String key) {
        return new S3PendingObject(key, new SpooledContent(spoolDirectory, IN_MEMORY), this::put);
    }

    @Override
    public Optional<byte[]> read(String key) {
        return call(
                key,
                () -> {
                    try {
                        return Optional.of(
                                s3.getObjectAsBytes(get -> get.bucket(bucket).key(key))
                                        .asByteArrayUnsafe());
                    } catch (NoSuchKeyException e) {
                        return Optional.empty();
                    }
                });
    }

    @Override
    public boolean download(String key, Path file) {
        return call(
                key,
                () -> {
                    try {
                        s3.getObject(get -> get.bucket(bucket).key(key), file);
                        return true;
                    } catch (NoSuchKeyException e) {
                        return false;
                    }
                });
    }

    @Override
    public Optional<TaggedObject> readTagged(String key) {
        return call(
                key,
                () -> {
                    try {
                        ResponseBytes<GetObjectResponse> found =
                                s3.getObjectAsBytes(get -> get.bucket(bucket).key(key));
                        return Optional.of(
                                new TaggedObject(
                                        found.asByteArrayUnsafe(), found.response().eTag()));
                    } catch (NoSuchKeyException e) {
                        return Optional.empty();
                    }
                });
    }

    @Override
    public boolean replace(String key, @Nullable String seen, byte[] content) {
        PutObjectRequest.Builder put =
                PutObjectRequest.builder()
                        .bucket(bucket)
                        .key(key)
                        .checksumAlgorithm(ChecksumAlgorithm.CRC32_C);
        PutObjectRequest request =
                seen == null ? put.ifNoneMatch("*").build() : put.ifMatch(seen).build();
        return call(
                key,
                () -> {
                    try {
                        s3.putObject(request, RequestBody.fromBytes(content));
                        return true;
                    } catch (NoSuchKeyException e) {
                        return false;
                    } catch (S3Exception e) {
                        if (e.statusCode() == PRECONDITION_FAILED) {
                            return false;
                        }
                        throw e;
                    }
                });
    }

    @Override
    public Stream<ObjectSummary> list(String prefix) {
        return Stream.iterate(
                        page(prefix, Optional.empty()),
                        Optional::isPresent,
                        page -> page.flatMap(previous -> next(prefix, previous)))
                .flatMap(Optional::stream)
                .flatMap(page -> page.contents().stream())
                .map(found -> new ObjectSummary(found.key(), found.size(), found.lastModified()));
    }

    @Override
    public void delete(String key) {
        call(key, () -> s3.deleteObject(delete -> delete.bucket(bucket).key(key)));
    }

    @Override
    public String uri(String key) {
        return "s3://" + bucket + "/" + key;
    }

    private ObjectSummary put(String key, SpooledContent content) {
        PutObjectRequest request =
                PutObjectRequest.builder()
                        .bucket(bucket)
                        .key(key)
                        .checksumAlgorithm(ChecksumAlgorithm.CRC32_C)
                        .build();
        call(key, () -> s3.putObject(request, content.body()));
        return new ObjectSummary(key, content.size(), clock.instant());
    }

    private Optional<ListObjectsV2Response> next(String prefix, ListObjectsV2Response previous) {
        return Boolean.TRUE.equals(previous.isTruncated())
                ? page(prefix, Optional.of(previous.nextContinuationToken()))
                : Optional.empty();
    }

    private Optional<ListObjectsV2Response> page(String prefix, Optional<String> token) {
        ListObjectsV2Request.Builder request =
                ListObjectsV2Request.builder().bucket(bucket).prefix(prefix);
        token.ifPresent(request::continuationToken);
        return Optional.of(call(prefix, () -> s3.listObjectsV2(request.build())));
    }

    private <T> T call(String key, Supplier<T> call) {
        try {
            return call.get();
        } catch (SdkException e) {
            throw AwsFailures.of(uri(key), e);
        }
    }
}
