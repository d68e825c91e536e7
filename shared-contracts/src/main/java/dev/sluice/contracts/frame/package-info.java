/// What a Kinesis record is: a compressed, checked, versioned batch of events.
///
/// Enters: sectioned events, or bytes from a stream or an archive object.
/// Leaves: frames of at most one mebibyte, or the events of one, or the reason it cannot be read.
/// Never: more memory than the limits allow, whatever the bytes claim.
@NullMarked
package dev.sluice.contracts.frame;

import org.jspecify.annotations.NullMarked;
