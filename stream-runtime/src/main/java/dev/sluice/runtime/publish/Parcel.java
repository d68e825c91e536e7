package dev.sluice.runtime.publish;

/// One value on its way, what it weighs, and the delivery it belongs to.
///
/// @param ordinal grows with every value handed in
record Parcel<E>(long ordinal, Keyed<E> keyed, long bytes, Delivery delivery) {}
