/// Records of a stream that carry lines of JSON.
///
/// Enters: lines.
/// Leaves: batches small enough for a record of Kinesis, and the lines again.
/// Never: what a line means.
@NullMarked
package dev.sluice.contracts.lines;

import org.jspecify.annotations.NullMarked;
