/// Assembly of the service.
///
/// Enters: configuration properties.
/// Leaves: beans.
/// Never: logic.
@NullMarked
package dev.sluice.enricher.config;

import org.jspecify.annotations.NullMarked;
