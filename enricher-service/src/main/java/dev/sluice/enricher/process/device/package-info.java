/// What an event was made with.
///
/// Enters: a user agent.
/// Leaves: class, operating system, browser, whether it is a bot.
/// Never: an unbounded number of parses.
@NullMarked
package dev.sluice.enricher.process.device;

import org.jspecify.annotations.NullMarked;
