/// Where checked events go.
///
/// Enters: checked events and quarantine records.
/// Leaves: durable frames and quarantine objects.
/// Never: a return before they are durable.
@NullMarked
package dev.sluice.validator.egress;

import org.jspecify.annotations.NullMarked;
