package dev.sluice.contracts.rejection;

import java.util.Arrays;

/// The closed set of reasons, as they are written in object names, tables and metrics.
public enum RejectionReason {
    /// Not JSON, not an object, not UTF-8, or without what every event needs.
    MALFORMED("malformed"),
    /// No contract has this event type and the tenant does not accept unknown ones.
    UNKNOWN_TYPE("unknown_type"),
    /// The event breaks its contract.
    CONTRACT_VIOLATION("contract_violation"),
    /// The event, or a part of it, exceeds a limit.
    TOO_LARGE("too_large"),
    /// The event says it happened at a time that cannot be.
    BAD_TIME("bad_time"),
    /// A whole frame cannot be read.
    DECODE_FAILURE("decode_failure"),
    /// A value does not fit the column of the warehouse.
    DOES_NOT_FIT("does_not_fit");

    private final String code;

    RejectionReason(String code) {
        this.code = code;
    }

    /// Snake case, stable for ever.
    public String code() {
        return code;
    }

    /// @throws IllegalArgumentException if no reason has that code
    public static RejectionReason ofCode(String code) {
        return Arrays.stream(values())
                .filter(reason -> reason.code.equals(code))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("unknown rejection reason " + code));
    }
}
