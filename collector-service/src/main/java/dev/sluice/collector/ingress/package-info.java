/// HTTP: who asks, what was sent, what is answered.
///
/// Enters: servlet requests.
/// Leaves: a body within its limits, and JSON answers.
/// Never: a redirect, a key in a log, more bytes in memory than the bound.
@NullMarked
package dev.sluice.collector.ingress;

import org.jspecify.annotations.NullMarked;
