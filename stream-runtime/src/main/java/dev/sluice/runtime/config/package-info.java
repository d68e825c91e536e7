/// Assembly: clients, ports and health as Spring beans.
///
/// Enters: configuration properties.
/// Leaves: beans.
/// Never: logic.
@NullMarked
package dev.sluice.runtime.config;

import org.jspecify.annotations.NullMarked;
