package dev.sluice.loader.quality;

/// An event type as one tenant uses it.
record TypeOfTenant(String tenant, String eventType) {}
