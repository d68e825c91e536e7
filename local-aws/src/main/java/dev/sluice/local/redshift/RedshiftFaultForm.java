package dev.sluice.local.redshift;

import dev.sluice.local.fault.RuleForm;
import dev.sluice.local.fault.RuleNode;
import dev.sluice.local.redshift.RedshiftFaultRule.Kind;

import tools.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.util.List;

/// `{"command":"COMMIT","action":"dropAnswer"}`. Actions: `delay` with `millis`, `dropAnswer`,
/// `conflict`, `diskFull`.
final class RedshiftFaultForm implements RuleForm<RedshiftFaultRule> {

    /// In the order of the kinds.
    private static final List<String> ACTIONS =
            List.of("delay", "dropAnswer", "conflict", "diskFull");

    @Override
    public RedshiftFaultRule read(RuleNode node, double probability, long times) {
        Kind kind = Kind.values()[ACTIONS.indexOf(node.required("action", ACTIONS))];
        return new RedshiftFaultRule(
                kind,
                node.text("command"),
                kind == Kind.DELAY ? node.millis() : Duration.ZERO,
                probability,
                times);
    }

    @Override
    public void write(RedshiftFaultRule rule, ObjectNode node) {
        node.put("action", ACTIONS.get(rule.kind().ordinal()));
        rule.command().ifPresent(c -> node.put("command", c));
        if (rule.kind() == Kind.DELAY) {
            node.put("millis", rule.delay().toMillis());
        }
    }
}
