package dev.sluice.local.kinesis;

import java.time.Duration;

/// What a [FaultRule] does to a call.
public sealed interface FaultAction {

    /// `ProvisionedThroughputExceededException`: for the call, or in PutRecords for each record the
    /// rule matches.
    record Throttle() implements FaultAction {}

    /// `count` records of a PutRecords, spread evenly over those the rule matches, fail with
    /// `InternalFailure`; all of them when there are fewer. No effect on other operations.
    record FailRecords(int count) implements FaultAction {
        public FailRecords {
            if (count < 1) {
                throw new IllegalArgumentException("count must be >= 1: " + count);
            }
        }
    }

    /// The call takes effect at once; its answer is sent this much later.
    record Delay(Duration delay) implements FaultAction {
        public Delay {
            if (delay.isNegative()) {
                throw new IllegalArgumentException("delay must be >= 0: " + delay);
            }
        }
    }

    /// The call has no effect and is answered with this error.
    ///
    /// @param status HTTP status, 400 to 599
    /// @param error the service's name for it, such as `InternalFailure` or
    ///     `ExpiredIteratorException`
    record Fail(int status, String error) implements FaultAction {
        public Fail {
            if (status < 400 || status > 599) {
                throw new IllegalArgumentException("status must be 400 to 599: " + status);
            }
            if (error.isBlank()) {
                throw new IllegalArgumentException("error must not be blank");
            }
        }
    }

    /// The call takes effect and the connection is closed without an answer.
    record DropAnswer() implements FaultAction {}

    /// Arrival times of records put from now on are off by this, forward or, when negative, back;
    /// sequence numbers rise all the same. No effect on other operations.
    record ClockSkew(Duration skew) implements FaultAction {}

    /// The disk takes a part of a write and then no more: the records fail with `InternalFailure`
    /// and are not stored. No effect on other operations than puts.
    record DiskFull() implements FaultAction {}
}
