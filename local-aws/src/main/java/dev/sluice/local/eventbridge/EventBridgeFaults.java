package dev.sluice.local.eventbridge;

import dev.sluice.local.fault.FaultRules;

import java.util.List;

/// Makes calls to EventBridge go wrong. Rules apply from the next call on; all that match strike
/// together, and an error wins over the rest. Thread-safe.
public final class EventBridgeFaults {

    private final FaultRules<EventBridgeFaultRule> rules =
            new FaultRules<>(new EventBridgeFaultForm());

    EventBridgeFaults() {}

    public void add(EventBridgeFaultRule rule) {
        rules.add(rule);
    }

    /// Ends all faults.
    public void clear() {
        rules.clear();
    }

    public FaultRules<EventBridgeFaultRule> rules() {
        return rules;
    }

    List<EventBridgeFaultRule.Action> strike(String operation) {
        return rules.strike(r -> r.matches(operation)).map(EventBridgeFaultRule::action).toList();
    }
}
