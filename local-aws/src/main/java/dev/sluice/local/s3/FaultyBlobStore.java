package dev.sluice.local.s3;

import dev.sluice.local.s3.S3FaultRule.Kind;

import org.gaul.s3proxy.S3ErrorCode;
import org.gaul.s3proxy.S3ProxyException;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.domain.MultipartUpload;
import org.gaul.shaded.org.eclipse.jetty.server.internal.HttpConnection;
import org.jspecify.annotations.Nullable;

import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

import java.io.InputStream;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;

/// Carries out what [S3Faults] asks for, at the last step before the store.
final class FaultyBlobStore extends ForwardingBlobStore {
    private final S3Faults faults;

    FaultyBlobStore(BlobStore store, S3Faults faults) {
        super(store);
        this.faults = faults;
    }

    @Override
    public PutObjectResponse putBlob(PutObjectRequest request, InputStream payload) {
        return meet(
                S3Operation.PUT,
                request.key(),
                () ->
                        isDiskFull(request.key())
                                ? outOfSpace(p -> super.putBlob(request, p), payload)
                                : super.putBlob(request, payload));
    }

    @Override
    public CopyObjectResponse copyBlob(CopyObjectRequest request) {
        return meet(S3Operation.PUT, request.destinationKey(), () -> super.copyBlob(request));
    }

    @Override
    public MultipartUpload initiateMultipartUpload(CreateMultipartUploadRequest request) {
        return meet(S3Operation.PUT, request.key(), () -> super.initiateMultipartUpload(request));
    }

    @Override
    public UploadPartResponse uploadMultipartPart(
            MultipartUpload upload, UploadPartRequest request, InputStream payload) {
        return meet(
                S3Operation.PUT,
                request.key(),
                () ->
                        isDiskFull(request.key())
                                ? outOfSpace(
                                        p -> super.uploadMultipartPart(upload, request, p), payload)
                                : super.uploadMultipartPart(upload, request, payload));
    }

    @Override
    public CompleteMultipartUploadResponse completeMultipartUpload(
            MultipartUpload upload, CompleteMultipartUploadRequest request) {
        return meet(
                S3Operation.PUT,
                request.key(),
                () -> super.completeMultipartUpload(upload, request));
    }

    @Override
    public @Nullable HeadObjectResponse blobMetadata(HeadObjectRequest request) {
        return meet(S3Operation.HEAD, request.key(), () -> super.blobMetadata(request));
    }

    @Override
    public @Nullable ResponseInputStream<GetObjectResponse> getBlob(GetObjectRequest request) {
        var object = meet(S3Operation.GET, request.key(), () -> super.getBlob(request));
        if (object == null) {
            return null;
        }
        List<String> keys = List.of(request.key());
        long half = object.response().contentLength() / 2;
        if (faults.take(Kind.CORRUPT, S3Operation.GET, keys).isPresent()) {
            return new ResponseInputStream<>(object.response(), new FlippedBit(object, half));
        }
        if (faults.take(Kind.CUT_OFF, S3Operation.GET, keys).isPresent()) {
            return new ResponseInputStream<>(
                    object.response(), new BreakingStream(object, half, FaultyBlobStore::cut));
        }
        return object;
    }

    @Override
    public ListObjectsV2Response list(ListObjectsV2Request request) {
        return meet(
                S3Operation.LIST,
                Objects.requireNonNullElse(request.prefix(), ""),
                () -> super.list(request));
    }

    @Override
    public DeleteObjectResponse removeBlob(DeleteObjectRequest request) {
        return meet(S3Operation.DELETE, request.key(), () -> super.removeBlob(request));
    }

    /// One request, and so at most one fault of a kind, whatever number of keys.
    @Override
    public DeleteObjectsResponse removeBlobs(DeleteObjectsRequest request) {
        var keys = request.delete().objects().stream().map(ObjectIdentifier::key).toList();
        return meet(S3Operation.DELETE, keys, () -> delegate().removeBlobs(request));
    }

    private <T extends @Nullable Object> T meet(
            S3Operation operation, String key, Supplier<T> request) {
        return meet(operation, List.of(key), request);
    }

    private <T extends @Nullable Object> T meet(
            S3Operation operation, Collection<String> keys, Supplier<T> request) {
        faults.take(Kind.DELAY, operation, keys).ifPresent(fault -> pause(fault.delay()));
        if (faults.take(Kind.FAIL, operation, keys).isPresent()) {
            throw new S3ProxyException(S3ErrorCode.INTERNAL_ERROR);
        }
        if (faults.take(Kind.THROTTLE, operation, keys).isPresent()) {
            throw answer(503, "SlowDown", "Please reduce your request rate.");
        }
        var answer = request.get();
        if (faults.take(Kind.DROP_ANSWER, operation, keys).isPresent()) {
            cut();
        }
        return answer;
    }

    private boolean isDiskFull(String key) {
        return faults.take(Kind.DISK_FULL, S3Operation.PUT, List.of(key)).isPresent();
    }

    /// Lets the store meet the end of the disk in the middle of its own write; an empty object
    /// finds its place.
    private static <T> T outOfSpace(Function<InputStream, T> write, InputStream payload) {
        try {
            return write.apply(new BreakingStream(payload, 1, () -> {}));
        } catch (RuntimeException e) {
            throw answer(500, "InternalError", "No space left on device");
        }
    }

    private static AwsServiceException answer(int status, String code, String message) {
        return S3Exception.builder()
                .message(message)
                .statusCode(status)
                .awsErrorDetails(
                        AwsErrorDetails.builder().errorCode(code).errorMessage(message).build())
                .build();
    }

    private static void cut() {
        HttpConnection.getCurrentConnection().getEndPoint().close();
    }

    /// Parking may end early, so until the time is really over.
    private static void pause(Duration delay) {
        long end = System.nanoTime() + delay.toNanos();
        for (long left = delay.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
