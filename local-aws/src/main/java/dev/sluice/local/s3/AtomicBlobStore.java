package dev.sluice.local.s3;

import com.google.common.util.concurrent.Striped;

import org.gaul.s3proxy.S3ErrorCode;
import org.gaul.s3proxy.S3ProxyException;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.domain.MultipartUpload;
import org.jspecify.annotations.Nullable;

import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

import java.io.InputStream;
import java.util.concurrent.locks.Lock;
import java.util.function.Supplier;

/// Gives the file store what S3 promises and it does not: an object is listed only when it is
/// whole, and of several puts with the same If-Match one wins. (If-None-Match: * it decides by
/// itself.)
final class AtomicBlobStore extends ForwardingBlobStore {
    /// So many that two keys hardly ever share one: a client that stalls in a put holds its key's.
    private static final int LOCKS = 1 << 16;

    private final UnfinishedPuts unfinished;
    private final Striped<Lock> locks = Striped.lazyWeakLock(LOCKS);

    AtomicBlobStore(BlobStore store, UnfinishedPuts unfinished) {
        super(store);
        this.unfinished = unfinished;
    }

    @Override
    public PutObjectResponse putBlob(PutObjectRequest request, InputStream payload) {
        return alone(
                request.bucket(),
                request.key(),
                () -> {
                    requireMatch(request.bucket(), request.key(), request.ifMatch());
                    return super.putBlob(request, payload);
                });
    }

    @Override
    public CopyObjectResponse copyBlob(CopyObjectRequest request) {
        return alone(
                request.destinationBucket(),
                request.destinationKey(),
                () -> super.copyBlob(request));
    }

    @Override
    public CompleteMultipartUploadResponse completeMultipartUpload(
            MultipartUpload upload, CompleteMultipartUploadRequest request) {
        return alone(
                request.bucket(),
                request.key(),
                () -> {
                    requireMatch(request.bucket(), request.key(), request.ifMatch());
                    return super.completeMultipartUpload(upload, request);
                });
    }

    /// A page may hold fewer objects than asked for, as S3's may.
    @Override
    public ListObjectsV2Response list(ListObjectsV2Request request) {
        var page = super.list(request);
        var objects =
                page.contents().stream()
                        .filter(o -> !unfinished.isTemporary(request.bucket(), o.key()))
                        .toList();
        return page.toBuilder().contents(objects).build();
    }

    /// Writes an object while nobody else writes it, and nobody sees it unfinished.
    private <T> T alone(String bucket, String key, Supplier<T> write) {
        var lock = locks.get(bucket + "/" + key);
        lock.lock();
        try (var _ = unfinished.begin(bucket, key)) {
            return write.get();
        } finally {
            lock.unlock();
        }
    }

    private void requireMatch(String bucket, String key, @Nullable String expected) {
        if (expected == null) {
            return;
        }
        var current = blobMetadataIfPresent(bucket, key);
        if (current == null) {
            throw new S3ProxyException(S3ErrorCode.NO_SUCH_KEY);
        }
        if (!expected.equals("*") && !unquoted(expected).equals(unquoted(current.eTag()))) {
            throw new S3ProxyException(S3ErrorCode.PRECONDITION_FAILED);
        }
    }

    private static String unquoted(String eTag) {
        return eTag.replace("\"", "");
    }
}
