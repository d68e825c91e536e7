/// The `sluice` command.
///
/// Enters: words on a command line.
/// Leaves: text for a person or a program, and an exit code that tells the truth.
/// Never: an error on standard output.
@NullMarked
package dev.sluice.cli;

import org.jspecify.annotations.NullMarked;
