/// The validator: decides which events are what their contracts say.
///
/// Enters: frames of the raw stream.
/// Leaves: frames of the valid stream, quarantine objects, the token last.
/// Never: a changed receipt or body, or an event that is gone without being counted.
@NullMarked
package dev.sluice.validator;

import org.jspecify.annotations.NullMarked;
