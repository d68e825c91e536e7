package dev.sluice.loader.quality;

import java.time.Duration;

/// When events are counted and judged.
///
/// @param interval between two looks whether a slot is over
/// @param settle events have so long to arrive after their slot
/// @param lookback slots older than this are not counted any more
/// @param days that an hour is compared with, at least as many as a week has
public record QualityTiming(Duration interval, Duration settle, Duration lookback, int days) {}
