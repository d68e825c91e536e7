/// The protocol of AWS's Clickstream SDK for the web. Its own attributes begin with an underscore;
/// those without a place stay under `context.clickstream`, by their own name.
///
/// Enters: a request to its path.
/// Leaves: canonical events, and the app id of the first as the write key.
/// Never: a property of the app's own that is renamed.
@NullMarked
package dev.sluice.collector.process.protocol.clickstream;

import org.jspecify.annotations.NullMarked;
