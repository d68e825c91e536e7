/// Whether a part works, and why not.
///
/// Enters: what the parts report.
/// Leaves: a state and a reason for a person.
/// Never: a payload or a secret.
@NullMarked
package dev.sluice.runtime.health;

import org.jspecify.annotations.NullMarked;
