/// Rules for what goes wrong: the part that every emulator's faults have in common.
///
/// Enters: rules, from Java or as JSON; each event that a rule may meet.
/// Leaves: whether a rule strikes, and how often each has.
/// Never: what a fault does; each emulator knows that of its own.
@NullMarked
package dev.sluice.local.fault;

import org.jspecify.annotations.NullMarked;
