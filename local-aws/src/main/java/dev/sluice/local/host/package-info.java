/// What an emulator needs from the JVM and the machine it runs in.
///
/// Enters: logger names, a data folder.
/// Leaves: silence, a folder held by one process, a folder gone.
/// Never: protocol or storage of an emulated service.
@NullMarked
package dev.sluice.local.host;

import org.jspecify.annotations.NullMarked;
