/// What is older than it may be goes.
///
/// Enters: how long events, files and figures are kept.
/// Leaves: tables and a bucket without what is older.
/// Never: events that are gone before their figures are kept or before they are loaded, or a delete
/// that loads wait long for.
@NullMarked
package dev.sluice.loader.retention;

import org.jspecify.annotations.NullMarked;
