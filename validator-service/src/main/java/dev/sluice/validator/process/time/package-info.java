/// When an event happened.
///
/// Enters: the sender's times and the time of receipt.
/// Leaves: one corrected time, or the reason why it cannot be.
/// Never: the clock of this machine.
@NullMarked
package dev.sluice.validator.process.time;

import org.jspecify.annotations.NullMarked;
