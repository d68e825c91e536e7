package dev.sluice.local.kinesis;

import java.time.Duration;
import java.util.List;

/// One request under way, and what faults have in store for its answer. Used by one thread.
final class Call {

    private final String operation;
    private final Parameters parameters;
    private final long nowMillis;
    private Duration delay = Duration.ZERO;
    private boolean answerDropped;

    Call(String operation, Parameters parameters, long nowMillis) {
        this.operation = operation;
        this.parameters = parameters;
        this.nowMillis = nowMillis;
    }

    String operation() {
        return operation;
    }

    Parameters parameters() {
        return parameters;
    }

    /// The one time of this call, milliseconds since 1970.
    long nowMillis() {
        return nowMillis;
    }

    Duration delay() {
        return delay;
    }

    boolean answerDropped() {
        return answerDropped;
    }

    /// Meets the faults for the stream and shards it touches, before it has any effect.
    void meet(KinesisFaults faults, String stream, List<String> shards) {
        KinesisError error = null;
        for (FaultAction action : faults.strike(operation, stream, shards)) {
            switch (action) {
                case FaultAction.Throttle() ->
                        error = KinesisError.throttled(stream, String.join(", ", shards));
                case FaultAction.Fail(int status, String type) ->
                        error = new KinesisError(type, status, "Fault on request: " + type);
                case FaultAction.Delay(Duration more) -> delay = delay.plus(more);
                case FaultAction.DropAnswer() -> answerDropped = true;
                // these befall records and writes, not calls
                case FaultAction.FailRecords(int ignored) -> {}
                case FaultAction.ClockSkew(var ignored) -> {}
                case FaultAction.DiskFull() -> {}
            }
        }
        if (error != null) {
            throw error;
        }
    }
}
