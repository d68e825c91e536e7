/// Assembly of the service.
///
/// Enters: configuration properties.
/// Leaves: beans.
/// Never: logic.
@NullMarked
package dev.sluice.loader.config;

import org.jspecify.annotations.NullMarked;
