package dev.sluice.local.redshift.copy;

/// An object to load and its size in bytes.
record S3Object(String bucket, String key, long size) {

    /// Its name in messages.
    String url() {
        return "s3://" + bucket + "/" + key;
    }
}
