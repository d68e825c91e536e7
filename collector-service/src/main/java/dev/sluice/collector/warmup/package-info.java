/// What the collector does before it says that it is ready, so that the first request is not slow.
///
/// Enters: the address of a path that leads nowhere.
/// Leaves: requests to that path.
/// Never: an event on a real stream, a count in a metric or in the books.
@NullMarked
package dev.sluice.collector.warmup;

import org.jspecify.annotations.NullMarked;
