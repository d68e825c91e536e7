/// AWS on one machine: every emulator in one process, for tests and for people without a cloud.
///
/// Enters: a data folder, ports, the services that are wanted.
/// Leaves: endpoints and credentials; the emulators themselves, for their faults.
/// Never: a connection from another machine; anything of the pipeline's own services.
@NullMarked
package dev.sluice.local;

import org.jspecify.annotations.NullMarked;
