/// Twins of the stream, the object store and the books in memory; they pass the same kits as the
/// real ones.
///
/// Enters: the calls of the ports.
/// Leaves: the same answers as the real service, without a network.
/// Never: anything but tests and simulations.
@NullMarked
package dev.sluice.runtime.memory;

import org.jspecify.annotations.NullMarked;
