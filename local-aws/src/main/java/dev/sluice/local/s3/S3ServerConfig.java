package dev.sluice.local.s3;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// Where an [S3Server] keeps its objects, listens, and whom it lets in.
///
/// @param folder holds everything and is created when missing; its file system must keep user
///     extended attributes (ext4, xfs, btrfs and APFS do), since that is where an object's metadata
///     lives
/// @param port on 127.0.0.1; 0 takes a free one
/// @param accessKey the only access key that is accepted, with any region
/// @param secretKey signs the requests of that access key
/// @param buckets exist when the server has started
public record S3ServerConfig(
        Path folder, int port, String accessKey, String secretKey, Set<String> buckets) {
    private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");

    public S3ServerConfig {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port must be 0 to 65535: " + port);
        }
        if (accessKey.isBlank() || secretKey.isBlank()) {
            throw new IllegalArgumentException("access key and secret key must not be blank");
        }
        for (String bucket : buckets) {
            if (!BUCKET.matcher(bucket).matches()) {
                throw new IllegalArgumentException("not a bucket name: " + bucket);
            }
        }
        buckets = Set.copyOf(buckets);
    }

    /// On a free port, with the credentials `local` / `local` and no buckets.
    public static S3ServerConfig in(Path folder) {
        return new S3ServerConfig(folder, 0, "local", "local", Set.of());
    }

    public S3ServerConfig withPort(int newPort) {
        return new S3ServerConfig(folder, newPort, accessKey, secretKey, buckets);
    }

    public S3ServerConfig withCredentials(String newAccessKey, String newSecretKey) {
        return new S3ServerConfig(folder, port, newAccessKey, newSecretKey, buckets);
    }

    public S3ServerConfig withBuckets(String... names) {
        return new S3ServerConfig(
                folder, port, accessKey, secretKey, new LinkedHashSet<>(List.of(names)));
    }

    /// Without the secret.
    @Override
    public String toString() {
        return "S3ServerConfig[folder=%s, port=%d, accessKey=%s, buckets=%s]"
                .formatted(folder, port, accessKey, buckets);
    }
}
