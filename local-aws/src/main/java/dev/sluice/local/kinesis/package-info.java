/// A server for one machine that speaks Amazon Kinesis Data Streams' wire protocol and keeps its
/// streams on disk.
///
/// Enters: HTTP/1.1 requests of any AWS SDK, JSON 1.1 or CBOR, with `X-Amz-Target:
/// Kinesis_20131202.<Operation>`.
/// Leaves: the service's answers and errors; append-only segment files that outlive a kill of the
/// process.
/// Never: a check of signatures, a record kept on the heap after its answer, an acknowledgement
/// before the write.
///
/// HTTP is Netty with a virtual thread for each request. Measured on 2 cores with the SDK client
/// in the same process, 100 KB records, put and get in MB/s: Netty with virtual threads 474 and
/// 740, Netty answering on its event loops 410 and 744, the JDK's HttpServer on virtual threads
/// 413 and 651; the client is most of the work, so the differences are near the noise. Netty is
/// taken because it closes a connection without an answer and delays one without a thread, which
/// the faults need, and a slow disk must not hold up an event loop.
@NullMarked
package dev.sluice.local.kinesis;

import org.jspecify.annotations.NullMarked;
