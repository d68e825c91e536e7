/// A server for one machine that speaks Amazon Kinesis Data Streams' wire protocol and keeps its
// streams on disk.
///
/// Enters: HTTP/1.1 requests of any AWS SDK, JSON 1.1 or CBOR, with `X-Amz-Target:
// Kinesis_20131202.<Operation>`.
/// Leaves: the service's answers and errors; append-only segment files that outlive a kill of the
// process.
/// Never: a check of signatures, a record kept on the heap after its answer, an acknowledgement
// before the write.
@NullMarked
package dev.sluice.local.kinesis;

import org.jspecify.annotations.NullMarked;
