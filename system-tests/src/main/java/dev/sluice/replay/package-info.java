/// Events of the past through the line again, beside the services: the same steps over the raw
/// archive, in parallel, into files that the warehouse loads like any other.
///
/// Enters: frames of the raw archive, or lines of a file of history.
/// Leaves: files of rows in the load queue, or a comparison with the rows there are.
/// Never: an event on a stream, a page of the books for what was counted before, a rule of its own.
@NullMarked
package dev.sluice.replay;

import org.jspecify.annotations.NullMarked;
