/// The ports over the AWS SDK.
///
/// Enters: the calls of the ports.
/// Leaves: PutRecords, ListShards, PutObject, PutEvents.
/// Never: a retry policy of its own: retries live in one place.
@NullMarked
package dev.sluice.runtime.kinesis;

import org.jspecify.annotations.NullMarked;
