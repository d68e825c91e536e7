/// Why an event is not loaded, as a closed set, and the record that keeps it.
///
/// Enters: a reason found by the collector, the validator or the loader.
/// Leaves: a quarantine record with the original bytes.
/// Never: an exception: bad data is a value.
@NullMarked
package dev.sluice.contracts.rejection;

import org.jspecify.annotations.NullMarked;
