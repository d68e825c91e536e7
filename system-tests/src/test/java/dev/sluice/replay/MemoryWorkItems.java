package dev.sluice.replay;

import dev.sluice.runtime.memory.EffectLog;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Work items in memory. Thread-safe.
final class MemoryWorkItems implements WorkItems {

    private final Map<String, ReplayPlan> plans = new HashMap<>();
    private final Map<Integer, Held> held = new HashMap<>();
    private final Map<Integer, ItemCounts> finished = new HashMap<>();
    private final InstantSource clock;
    private final EffectLog log;
    private int tokens;

    private record Held(String token, long until) {}

    /// @param log gets every change
    MemoryWorkItems(InstantSource clock, EffectLog log) {
        this.clock = clock;
        this.log = log;
    }

    @Override
    public synchronized boolean plan(ReplayPlan plan) {
        log.mustLive();
        return plans.putIfAbsent(plan.id(), plan) == null;
    }

    @Override
    public synchronized Optional<ReplayPlan> find(String replay) {
        return Optional.ofNullable(plans.get(replay));
    }

    @Override
    public synchronized Optional<Claim> claim(ReplayPlan plan, Duration lease) {
        log.mustLive();
        for (WorkItem item : plan.items()) {
            Held now = held.get(item.number());
            if (!finished.containsKey(item.number())
                    && (now == null || now.until() < clock.millis())) {
                Claim claim = new Claim(plan.id(), item, "token-" + tokens++);
                hold(claim, clock.millis() + lease.toMillis());
                log.note("claim " + item.number());
                return Optional.of(claim);
            }
        }
        return Optional.empty();
    }

    @Override
    public synchronized boolean renew(Claim claim, Duration lease) {
        log.mustLive();
        if (!holds(claim) || finished.containsKey(claim.item().number())) {
            return false;
        }
        hold(claim, clock.millis() + lease.toMillis());
        return true;
    }

    @Override
    public synchronized boolean finish(Claim claim, ItemCounts counts) {
        log.mustLive();
        if (!holds(claim)) {
            return false;
        }
        finished.put(claim.item().number(), counts);
        log.note("finish " + claim.item().number());
        return true;
    }

    @Override
    public synchronized void giveBack(Claim claim) {
        log.mustLive();
        if (holds(claim)) {
            hold(claim, 0);
        }
    }

    @Override
    public synchronized Map<Integer, ItemCounts> finished(ReplayPlan plan) {
        return Map.copyOf(finished);
    }

    private boolean holds(Claim claim) {
        Held now = held.get(claim.item().number());
        return now != null && now.token().equals(claim.token());
    }

    private void hold(Claim claim, long until) {
        held.put(claim.item().number(), new Held(claim.token(), until));
    }
}
