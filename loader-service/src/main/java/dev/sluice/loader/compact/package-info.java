/// Many small files of an hour that is over become few large ones.
///
/// Enters: the file list of an hour.
/// Leaves: files sorted by tenant, person and time, each event once, in the place of the others;
/// and, after a while, no trace of the others.
/// Never: a change of the list by whoever has not seen the files that it takes out.
@NullMarked
package dev.sluice.loader.compact;

import org.jspecify.annotations.NullMarked;
