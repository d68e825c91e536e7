package dev.sluice.local;

import java.net.URI;
import java.util.function.Supplier;

/// What a [ServiceStarter] may know while the others start too.
///
/// @param credentials that clients will use; the endpoints in it are not known yet
/// @param s3 where S3 is; waits until everything has started, so not for the start itself
record StartContext(LocalAwsConfig config, LocalEndpoints credentials, Supplier<URI> s3) {}
