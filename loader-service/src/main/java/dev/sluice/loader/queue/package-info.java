/// The files that are published and wait to be loaded into the warehouse.
///
/// Enters: a published file and what is in it.
/// Leaves: the files not loaded yet, oldest first, and those that are set aside.
/// Never: a look through the files that are loaded already.
@NullMarked
package dev.sluice.loader.queue;

import org.jspecify.annotations.NullMarked;
