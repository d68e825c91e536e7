package dev.sluice.local.s3;

import dev.sluice.local.fault.RuleForm;
import dev.sluice.local.fault.RuleNode;
import dev.sluice.local.s3.S3FaultRule.Kind;

import tools.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// `{"operation":"PUT","prefix":"raw/","action":"fail"}`. Actions: `fail`, `throttle`, `delay` with
/// `millis`, `corrupt`, `cutOff`, `dropAnswer`, `diskFull`.
final class S3FaultForm implements RuleForm<S3FaultRule> {

    private static final List<String> ACTIONS =
            Arrays.stream(Kind.values()).map(S3FaultForm::name).toList();
    private static final List<String> OPERATIONS =
            Arrays.stream(S3Operation.values()).map(Enum::name).toList();

    @Override
    public S3FaultRule read(RuleNode node, double probability, long times) {
        Kind kind = Kind.values()[ACTIONS.indexOf(node.required("action", ACTIONS))];
        return new S3FaultRule(
                kind,
                node.choice("operation", OPERATIONS).map(S3Operation::valueOf),
                node.text("prefix").orElse(""),
                kind == Kind.DELAY ? node.millis() : Duration.ZERO,
                probability,
                times);
    }

    @Override
    public void write(S3FaultRule rule, ObjectNode node) {
        node.put("action", name(rule.kind()));
        rule.operation().ifPresent(o -> node.put("operation", o.name()));
        node.put("prefix", rule.keyPrefix());
        if (rule.kind() == Kind.DELAY) {
            node.put("millis", rule.delay().toMillis());
        }
    }

    /// `CUT_OFF` is `cutOff`.
    private static String name(Kind kind) {
        String[] words = kind.name().toLowerCase(Locale.ROOT).split("_", -1);
        StringBuilder name = new StringBuilder(words[0]);
        for (int i = 1; i < words.length; i++) {
            name.append(words[i].substring(0, 1).toUpperCase(Locale.ROOT))
                    .append(words[i].substring(1));
        }
        return name.toString();
    }
}
