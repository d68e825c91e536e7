package dev.sluice.local.eventbridge;

import dev.sluice.local.eventbridge.EventBridgeFaultRule.Action;
import dev.sluice.local.eventbridge.EventBridgeFaultRule.Delay;
import dev.sluice.local.eventbridge.EventBridgeFaultRule.DropAnswer;
import dev.sluice.local.eventbridge.EventBridgeFaultRule.Fail;
import dev.sluice.local.eventbridge.EventBridgeFaultRule.FailEntries;
import dev.sluice.local.eventbridge.EventBridgeFaultRule.Throttle;
import dev.sluice.local.fault.RuleForm;
import dev.sluice.local.fault.RuleNode;

import tools.jackson.databind.node.ObjectNode;

import java.util.List;

/// `{"operation":"PutEvents","action":"failEntries","count":2}`. Actions and their members:
/// `throttle`; `failEntries` with `count` (1) and `error` (`InternalFailure`); `delay` with
/// `millis`; `fail` with `status` (500) and `error` (`InternalFailure`); `dropAnswer`.
final class EventBridgeFaultForm implements RuleForm<EventBridgeFaultRule> {

    private static final List<String> ACTIONS =
            List.of("throttle", "failEntries", "delay", "fail", "dropAnswer");

    @Override
    public EventBridgeFaultRule read(RuleNode node, double probability, long times) {
        return new EventBridgeFaultRule(node.text("operation"), action(node), probability, times);
    }

    private static Action action(RuleNode node) {
        return switch (node.required("action", ACTIONS)) {
            case "throttle" -> new Throttle();
            case "failEntries" ->
                    new FailEntries(Math.toIntExact(node.whole("count", 1)), error(node));
            case "delay" -> new Delay(node.millis());
            case "fail" -> new Fail(Math.toIntExact(node.whole("status", 500)), error(node));
            case "dropAnswer" -> new DropAnswer();
            default -> throw new IllegalStateException("an action of the list is missing here");
        };
    }

    private static String error(RuleNode node) {
        return node.text("error").orElse(EventBridgeError.INTERNAL);
    }

    @Override
    public void write(EventBridgeFaultRule rule, ObjectNode node) {
        rule.operation().ifPresent(v -> node.put("operation", v));
        switch (rule.action()) {
            case Throttle() -> node.put("action", "throttle");
            case FailEntries(int count, String error) ->
                    node.put("action", "failEntries").put("count", count).put("error", error);
            case Delay(var delay) -> node.put("action", "delay").put("millis", delay.toMillis());
            case Fail(int status, String error) ->
                    node.put("action", "fail").put("status", status).put("error", error);
            case DropAnswer() -> node.put("action", "dropAnswer");
        }
    }
}
