/// The check of one event, step by step.
///
/// Enters: received events.
/// Leaves: checked events and quarantine records.
/// Never: AWS, Spring, the clock, or an exception for bad data.
@NullMarked
package dev.sluice.validator.process;

import org.jspecify.annotations.NullMarked;
