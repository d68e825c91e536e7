/// How objects reach the object store: first invisible, then published or discarded.
///
/// Enters: bytes and a key.
/// Leaves: an object that is wholly there or not at all.
/// Never: a half-written object that a reader can see.
@NullMarked
package dev.sluice.runtime.objects;

import org.jspecify.annotations.NullMarked;
