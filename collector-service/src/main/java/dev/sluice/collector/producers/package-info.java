/// Who may send, and how much: producers by the hash of their write keys.
///
/// Enters: keys as they are presented; rows of the store of keys.
/// Leaves: the producer of a key, or nobody.
/// Never: a key in clear, in a store, a log or memory.
@NullMarked
package dev.sluice.collector.producers;

import org.jspecify.annotations.NullMarked;
