/// Every service and the cloud it needs on one machine: in one process to live with, or with a
/// process for each task to kill.
///
/// Enters: a data folder and a port.
/// Leaves: a running line from HTTP to the warehouse, and where each part of it listens.
/// Never: production code of its own: it starts the same applications that run in the cloud.
@NullMarked
package dev.sluice.fleet;

import org.jspecify.annotations.NullMarked;
