package dev.sluice.replay;

import dev.sluice.runtime.stream.HashRange;

import java.time.Instant;

/// The events of some devices in some time.
///
/// @param number within the plan, from 0
/// @param keys of the devices
/// @param from the first arrival that makes rows
/// @param to the first after it that does not
record WorkItem(int number, HashRange keys, Instant from, Instant to) {}
