package dev.sluice.collector.ingress;

import org.jspecify.annotations.Nullable;

/// What is asked of visitors, and kept of them.
///
/// @param honoursOptOut whether `DNT: 1` and `Sec-GPC: 1` count: such events are kept without ids
/// @param shortensAddresses whether addresses are kept without their last part
/// @param cookie that gives browsers an id; null if none does
public record VisitorRules(
        boolean honoursOptOut, boolean shortensAddresses, @Nullable VisitorCookie cookie) {}
