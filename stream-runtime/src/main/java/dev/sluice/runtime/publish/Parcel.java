package dev.sluice.runtime.publish;

/// One value on its way, what it weighs, and the delivery it belongs to.
record Parcel<E>(Keyed<E> keyed, long bytes, Delivery delivery) {}
