package dev.sluice.crash;

import dev.sluice.crash.CrashAction.StreamTrouble;
import dev.sluice.local.kinesis.FaultAction;
import dev.sluice.local.kinesis.FaultRule;
import dev.sluice.local.kinesis.KinesisFaults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The troubles of the streams as rules of the emulator; several may last at once. Thread-safe.
final class StreamFaults {

    private final KinesisFaults faults;
    private final List<FaultRule> rules = new ArrayList<>();

    StreamFaults(KinesisFaults faults) {
        this.faults = faults;
    }

    /// @return ends it
    synchronized Runnable begin(StreamTrouble trouble) {
        List<FaultRule> added = rules(trouble);
        rules.addAll(added);
        faults.replace(rules);
        return () -> end(added);
    }

    /// @return ends it
    synchronized Runnable begin(CrashAction.ClockSkew skew) {
        List<FaultRule> added =
                List.of(put(skew.stream(), new FaultAction.ClockSkew(skew.off()), 1));
        rules.addAll(added);
        faults.replace(rules);
        return () -> end(added);
    }

    private synchronized void end(List<FaultRule> added) {
        added.forEach(rules::remove);
        faults.replace(rules);
    }

    private static List<FaultRule> rules(StreamTrouble trouble) {
        String stream = trouble.stream();
        return switch (trouble.kind()) {
            case THROTTLED ->
                    List.of(
                            put(stream, new FaultAction.Throttle(), 0.6),
                            get(stream, new FaultAction.Throttle(), 0.6));
            case FAILING_RECORDS -> List.of(put(stream, new FaultAction.FailRecords(2), 0.7));
            case ANSWERS_LOST ->
                    List.of(
                            put(stream, new FaultAction.DropAnswer(), 0.4),
                            get(stream, new FaultAction.DropAnswer(), 0.2));
            case SLOW ->
                    List.of(
                            put(stream, new FaultAction.Delay(Duration.ofMillis(1_500)), 0.5),
                            get(stream, new FaultAction.Delay(Duration.ofMillis(1_500)), 0.3));
            case ERRORS ->
                    List.of(
                            put(stream, new FaultAction.Fail(500, "InternalFailure"), 0.5),
                            get(stream, new FaultAction.Fail(500, "InternalFailure"), 0.3));
        };
    }

    private static FaultRule put(String stream, FaultAction action, double probability) {
        return rule(stream, "PutRecords", action, probability);
    }

    private static FaultRule get(String stream, FaultAction action, double probability) {
        return rule(stream, "GetRecords", action, probability);
    }

    private static FaultRule rule(
            String stream, String operation, FaultAction action, double probability) {
        return FaultRule.always(action)
                .onOperation(operation)
                .onStream(stream)
                .withProbability(probability);
    }
}
