/// What is personal goes no further.
///
/// Enters: events after all enrichments, which have seen them as they came.
/// Leaves: the same events without what is personal, in every section that they are sent on with.
/// Never: an event that could be redacted only in part.
@NullMarked
package dev.sluice.enricher.process.pii;

import org.jspecify.annotations.NullMarked;
