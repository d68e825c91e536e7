package dev.sluice.local.dynamodb;

import dev.sluice.local.dynamodb.DynamoDbFaultRule.Kind;
import dev.sluice.local.fault.RuleForm;
import dev.sluice.local.fault.RuleNode;

import tools.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.util.List;

/// `{"operation":"UpdateItem","table":"leases","action":"throttle"}`. Actions: `throttle`, `fail`,
/// `delay` with `millis`, `dropAnswer`.
final class DynamoDbFaultForm implements RuleForm<DynamoDbFaultRule> {

    /// In the order of the kinds.
    private static final List<String> ACTIONS = List.of("throttle", "fail", "delay", "dropAnswer");

    @Override
    public DynamoDbFaultRule read(RuleNode node, double probability, long times) {
        Kind kind = Kind.values()[ACTIONS.indexOf(node.required("action", ACTIONS))];
        return new DynamoDbFaultRule(
                kind,
                node.text("operation"),
                node.text("table"),
                kind == Kind.DELAY ? node.millis() : Duration.ZERO,
                probability,
                times);
    }

    @Override
    public void write(DynamoDbFaultRule rule, ObjectNode node) {
        node.put("action", ACTIONS.get(rule.kind().ordinal()));
        rule.operation().ifPresent(o -> node.put("operation", o));
        rule.table().ifPresent(t -> node.put("table", t));
        if (rule.kind() == Kind.DELAY) {
            node.put("millis", rule.delay().toMillis());
        }
    }
}
