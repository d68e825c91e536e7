/// From stream records to events.
///
/// Enters: a batch of stream records.
/// Leaves: slices of received events, unreadable ones as quarantine records.
/// Never: more decompressed bytes at once than one slice may have.
@NullMarked
package dev.sluice.enricher.ingress;

import org.jspecify.annotations.NullMarked;
