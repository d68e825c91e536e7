/// Assembly: settings in, a running collector out. The only package that knows Spring.
///
/// Enters: `application.yml` and what overrides it.
/// Leaves: beans, wired once.
/// Never: a decision about an event.
@NullMarked
package dev.sluice.collector.config;

import org.jspecify.annotations.NullMarked;
