/// PostHog's capture API, both of its generations. Its own properties begin with a dollar sign;
/// those without a place stay under `context.posthog`, by their own name.
///
/// Enters: a request to one of its paths.
/// Leaves: canonical events, and the project's key as the write key.
/// Never: a property of the app's own that is renamed.
@NullMarked
package dev.sluice.collector.process.protocol.posthog;

import org.jspecify.annotations.NullMarked;
