/// S3 on a folder: the real protocol on loopback, objects as plain files, faults on request.
///
/// Enters: a folder, a port, credentials, buckets; S3's REST protocol over HTTP.
/// Leaves: an endpoint; the object `k` of bucket `b` as the file `b/k` of the server's directory.
/// Never: an object that is visible before it is whole; a connection from another machine.
@NullMarked
package dev.sluice.local.s3;

import org.jspecify.annotations.NullMarked;
