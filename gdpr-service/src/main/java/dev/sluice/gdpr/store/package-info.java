/// What every store of events can do for an erasure.
///
/// Enters: whose events are to go.
/// Leaves: what the store holds of them, and later the store without it.
/// Never: an event of anybody else lost.
@NullMarked
package dev.sluice.gdpr.store;

import org.jspecify.annotations.NullMarked;
