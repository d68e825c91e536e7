/// From the client's bytes to a JSON tree.
///
/// Enters: bytes that claim to be an event.
/// Leaves: a tree, or the reason why there is none.
/// Never: a part of the bytes in a message.
@NullMarked
package dev.sluice.validator.process.body;

import org.jspecify.annotations.NullMarked;
