/// Sinks that are spoken to by HTTP.
///
/// Enters: requests.
/// Leaves: replies, or what their absence means.
/// Never: a body or a query in a message.
@NullMarked
package dev.sluice.loader.sink.http;

import org.jspecify.annotations.NullMarked;
