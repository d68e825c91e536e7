package dev.sluice.crash;

import dev.sluice.crash.CrashAction.TableTrouble;
import dev.sluice.local.dynamodb.DynamoDbFaultRule;
import dev.sluice.local.dynamodb.DynamoDbFaults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The troubles of DynamoDB as rules of the emulator; several may last at once. Thread-safe.
final class TableFaults {

    private static final Duration DELAY = Duration.ofMillis(800);

    private final DynamoDbFaults faults;
    private final List<DynamoDbFaultRule> rules = new ArrayList<>();

    TableFaults(DynamoDbFaults faults) {
        this.faults = faults;
    }

    /// @return ends it
    synchronized Runnable begin(TableTrouble trouble) {
        DynamoDbFaultRule rule = rule(trouble.kind());
        rules.add(rule);
        replace();
        return () -> end(rule);
    }

    private synchronized void end(DynamoDbFaultRule rule) {
        rules.remove(rule);
        replace();
    }

    private void replace() {
        faults.clear();
        rules.forEach(faults::add);
    }

    private static DynamoDbFaultRule rule(TableTrouble.Kind kind) {
        return switch (kind) {
            case THROTTLED -> rule(DynamoDbFaultRule.Kind.THROTTLE, 0.5);
            case ERRORS -> rule(DynamoDbFaultRule.Kind.FAIL, 0.5);
            case SLOW -> rule(DynamoDbFaultRule.Kind.DELAY, 0.5).withDelay(DELAY);
            case ANSWERS_LOST -> rule(DynamoDbFaultRule.Kind.DROP_ANSWER, 0.3);
        };
    }

    private static DynamoDbFaultRule rule(DynamoDbFaultRule.Kind kind, double probability) {
        return DynamoDbFaultRule.always(kind).withProbability(probability);
    }
}
