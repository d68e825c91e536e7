package dev.sluice.contracts.rejection;

import java.util.List;
import java.util.stream.Collectors;

/// Why an event is not loaded. A value, never an exception; the event is kept in the quarantine.
public sealed interface Rejection {

    RejectionReason reason();

    /// For a person; names the field and what to do, never the value.
    String message();

    /// The places that are wrong; empty when the whole event is.
    default List<Violation> violations() {
        return List.of();
    }

    record Malformed(String message) implements Rejection {
        @Override
        public RejectionReason reason() {
            return RejectionReason.MALFORMED;
        }
    }

    /// @param eventType the name that no contract has
    record UnknownType(String eventType) implements Rejection {
        @Override
        public RejectionReason reason() {
            return RejectionReason.UNKNOWN_TYPE;
        }

        @Override
        public String message() {
            return "no contract for event type " + eventType;
        }
    }

    /// @param contract the contract and version that was applied, `page_view/1-0-0`
    record ContractViolation(String contract, List<Violation> violations) implements Rejection {
        public ContractViolation {
            violations = List.copyOf(violations);
        }

        @Override
        public RejectionReason reason() {
            return RejectionReason.CONTRACT_VIOLATION;
        }

        @Override
        public String message() {
            return contract
                    + ": "
                    + violations.stream()
                            .map(violation -> violation.pointer() + " " + violation.message())
                            .collect(Collectors.joining("; "));
        }
    }

    record TooLarge(String message) implements Rejection {
        @Override
        public RejectionReason reason() {
            return RejectionReason.TOO_LARGE;
        }
    }

    record BadTime(String message) implements Rejection {
        @Override
        public RejectionReason reason() {
            return RejectionReason.BAD_TIME;
        }
    }

    record DecodeFailure(String message) implements Rejection {
        @Override
        public RejectionReason reason() {
            return RejectionReason.DECODE_FAILURE;
        }
    }

    /// @param column of the warehouse's events table
    record DoesNotFit(String column, String expected) implements Rejection {
        @Override
        public RejectionReason reason() {
            return RejectionReason.DOES_NOT_FIT;
        }

        @Override
        public String message() {
            return "column " + column + ": " + expected;
        }
    }

    /// A refusal made at the door, read back from a receipt.
    ///
    /// @throws IllegalArgumentException if the collector cannot have given that reason
    static Rejection of(String code, String message) {
        return switch (RejectionReason.ofCode(code)) {
            case MALFORMED -> new Malformed(message);
            case TOO_LARGE -> new TooLarge(message);
            case BAD_TIME -> new BadTime(message);
            case DECODE_FAILURE -> new DecodeFailure(message);
            case UNKNOWN_TYPE, CONTRACT_VIOLATION, DOES_NOT_FIT ->
                    throw new IllegalArgumentException("not a refusal at the door: " + code);
        };
    }
}
