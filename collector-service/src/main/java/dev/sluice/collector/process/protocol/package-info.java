/// What other SDKs speak; each protocol has a package of its own below this one.
///
/// Enters: the head and the body of a request.
/// Leaves: its events in the canonical form, each good or refused.
/// Never: a connection, a key that is checked, an answer.
@NullMarked
package dev.sluice.collector.process.protocol;

import org.jspecify.annotations.NullMarked;
