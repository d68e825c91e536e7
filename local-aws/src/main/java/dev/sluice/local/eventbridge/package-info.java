/// A server for one machine that speaks the part of Amazon EventBridge's wire protocol that senders
/// of events need, and keeps what it took for people and tests to read.
///
/// Enters: HTTP/1.1 requests of any AWS SDK, JSON 1.1, with `X-Amz-Target:
/// AWSEvents.<Operation>`.
/// Leaves: the service's answers and errors; a file of JSON lines for each bus.
/// Never: rules, targets or delivery; a check of signatures.
@NullMarked
package dev.sluice.local.eventbridge;

import org.jspecify.annotations.NullMarked;
