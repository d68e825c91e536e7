/// The collector: takes events over HTTP and answers once the raw stream has them.
///
/// Enters: HTTP requests of producers.
/// Leaves: frames on the raw stream, and an answer for each event.
/// Never: a 200 before the stream has the events.
@NullMarked
package dev.sluice.collector;

import org.jspecify.annotations.NullMarked;
