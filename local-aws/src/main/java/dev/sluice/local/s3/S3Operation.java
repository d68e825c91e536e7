package dev.sluice.local.s3;

/// The kinds of request that [S3Faults] tells apart.
public enum S3Operation {
    /// PutObject, CopyObject and every step of a multipart upload.
    PUT,
    /// GetObject, whole or a range.
    GET,
    /// HeadObject; a put with If-Match causes one too.
    HEAD,
    /// ListObjects and ListObjectsV2; their key is the requested prefix.
    LIST,
    /// DeleteObject and DeleteObjects.
    DELETE
}
