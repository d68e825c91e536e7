/// The names of the streams between the services.
///
/// Enters: nothing.
/// Leaves: stream names.
/// Never: a service that makes up a name of its own.
@NullMarked
package dev.sluice.contracts.stream;

import org.jspecify.annotations.NullMarked;
