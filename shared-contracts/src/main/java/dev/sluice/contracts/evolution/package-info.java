/// What may change from one version of a contract to the next.
///
/// Enters: the contracts of all versions.
/// Leaves: every change that breaks what the versions promise, naming the property and what to do.
/// Never: events, or the question whether a contract is a valid JSON Schema.
@NullMarked
package dev.sluice.contracts.evolution;

import org.jspecify.annotations.NullMarked;
