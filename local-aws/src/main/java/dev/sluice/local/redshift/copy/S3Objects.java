package dev.sluice.local.redshift.copy;

import dev.sluice.local.redshift.sql.CopyCommand;
import dev.sluice.local.redshift.sql.CopyCommand.Format;

import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/// Finds the objects a COPY names, by prefix or by manifest.
///
/// Source: Amazon Redshift Database Developer Guide, "Using a manifest to specify data files";
/// `meta.content_length` is mandatory for columnar formats and must be the object's size.
final class S3Objects {

    private static final JsonMapper JSON = new JsonMapper();

    private static final int REQUESTS_AT_ONCE = 8;

    private final S3Client s3;

    S3Objects(S3Client s3) {
        this.s3 = s3;
    }

    /// @param threads ask for the sizes of many objects at a time
    List<S3Object> of(CopyCommand copy, ExecutorService threads) throws LoadFailure {
        String source = "s3://" + copy.bucket() + "/" + copy.key();
        try {
            List<S3Object> objects =
                    copy.manifest() ? fromManifest(copy, source, threads) : withPrefix(copy);
            if (objects.isEmpty()) {
                throw new LoadFailure(
                        source,
                        "",
                        "The specified S3 prefix '"
                                + copy.key()
                                + "' does not exist in bucket "
                                + copy.bucket());
            }
            return objects;
        } catch (SdkException e) {
            throw new LoadFailure(source, "", "S3ServiceException: " + describe(e), e);
        }
    }

    /// What S3 answered, without request ids.
    static String describe(SdkException failure) {
        if (failure instanceof S3Exception s3Failure && s3Failure.awsErrorDetails() != null) {
            return s3Failure.awsErrorDetails().errorCode() + ", status " + s3Failure.statusCode();
        }
        return failure.getClass().getSimpleName();
    }

    private List<S3Object> withPrefix(CopyCommand copy) {
        List<S3Object> objects = new ArrayList<>();
        s3.listObjectsV2Paginator(list -> list.bucket(copy.bucket()).prefix(copy.key()))
                .contents()
                .forEach(
                        found ->
                                objects.add(
                                        new S3Object(copy.bucket(), found.key(), found.size())));
        return objects;
    }

    private List<S3Object> fromManifest(CopyCommand copy, String source, ExecutorService threads)
            throws LoadFailure {
        byte[] manifest =
                s3.getObjectAsBytes(get -> get.bucket(copy.bucket()).key(copy.key())).asByteArray();
        JsonNode entries;
        try {
            entries = JSON.readTree(manifest).path("entries");
        } catch (JacksonException e) {
            throw new LoadFailure(source, "", "manifest is not valid JSON", e);
        }
        if (!entries.isArray()) {
            throw new LoadFailure(source, "", "manifest has no \"entries\" array");
        }
        List<Future<Optional<S3Object>>> found = new ArrayList<>();
        Semaphore requests = new Semaphore(REQUESTS_AT_ONCE);
        for (JsonNode entry : entries) {
            found.add(threads.submit(() -> entry(entry, copy.format(), source, requests)));
        }
        List<S3Object> objects = new ArrayList<>();
        for (Future<Optional<S3Object>> object : found) {
            finished(object).ifPresent(objects::add);
        }
        return objects;
    }

    private static Optional<S3Object> finished(Future<Optional<S3Object>> object)
            throws LoadFailure {
        try {
            return object.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case LoadFailure failure -> throw failure;
                case RuntimeException failure -> throw failure;
                case null, default -> throw new IllegalStateException(e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking for a manifest's objects", e);
        }
    }

    private Optional<S3Object> entry(
            JsonNode entry, Format format, String source, Semaphore requests)
            throws LoadFailure, InterruptedException {
        requests.acquire();
        try {
            return entry(entry, format, source);
        } finally {
            requests.release();
        }
    }

    private Optional<S3Object> entry(JsonNode entry, Format format, String source)
            throws LoadFailure {
        String url = entry.path("url").asString("");
        int slash = url.indexOf('/', "s3://".length());
        if (!url.startsWith("s3://") || slash < 0) {
            throw new LoadFailure(
                    source, "", "manifest entry without a url of the form s3://bucket/key");
        }
        String bucket = url.substring("s3://".length(), slash);
        String key = url.substring(slash + 1);
        JsonNode length = entry.path("meta").path("content_length");
        if (format == Format.PARQUET && !length.isIntegralNumber()) {
            throw new LoadFailure(
                    url,
                    "",
                    "manifest entry lacks meta.content_length, mandatory for columnar formats");
        }
        try {
            long size = s3.headObject(head -> head.bucket(bucket).key(key)).contentLength();
            if (length.isIntegralNumber() && length.asLong() != size) {
                throw new LoadFailure(
                        url,
                        "",
                        "meta.content_length is "
                                + length.asLong()
                                + " and the object has "
                                + size
                                + " bytes");
            }
            return Optional.of(new S3Object(bucket, key, size));
        } catch (S3Exception e) {
            if (e.statusCode() != 404) {
                throw e;
            }
            if (entry.path("mandatory").asBoolean(false)) {
                throw new LoadFailure(
                        url,
                        "",
                        "The specified key does not exist and is mandatory in the manifest",
                        e);
            }
            return Optional.empty();
        }
    }
}
