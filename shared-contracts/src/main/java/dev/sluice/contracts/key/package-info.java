/// Which events stay together and in order.
///
/// Enters: the tenant and the ids of an event.
/// Leaves: the partition key.
/// Never: a random or time-based key for an event that names a device or a user.
@NullMarked
package dev.sluice.contracts.key;

import org.jspecify.annotations.NullMarked;
