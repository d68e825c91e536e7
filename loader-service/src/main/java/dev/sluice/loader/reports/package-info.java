/// What people ask of events, and what is kept to answer it.
///
/// Enters: rows of `events` and `sessions`.
/// Leaves: figures by day, which outlive the events, and the questions they answer.
/// Never: a figure from which one person could be found once its events are gone.
@NullMarked
package dev.sluice.loader.reports;

import org.jspecify.annotations.NullMarked;
