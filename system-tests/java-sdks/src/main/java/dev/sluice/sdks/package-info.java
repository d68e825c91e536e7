/// Drivers of other vendors' Java SDKs, each used as its documentation says.
///
/// Enters: the collector's address, a write key and how many events to send.
/// Leaves: a line of JSON for each event that an SDK took.
/// Never: anything of the product's own code.
@NullMarked
package dev.sluice.sdks;

import org.jspecify.annotations.NullMarked;
