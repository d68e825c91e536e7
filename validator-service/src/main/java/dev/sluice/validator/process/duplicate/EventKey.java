package dev.sluice.validator.process.duplicate;

/// 128 bits that stand for a tenant and an event id.
record EventKey(long high, long low) {}
