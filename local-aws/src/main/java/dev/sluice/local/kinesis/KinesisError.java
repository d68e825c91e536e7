package dev.sluice.local.kinesis;

import java.util.Locale;

/// An error answer of the service: its type name, a message for people, the HTTP status.
///
/// Messages name the stream, the shard or the parameter, never a partition key or data.
final class KinesisError extends RuntimeException {

    static final String THROTTLED = "ProvisionedThroughputExceededException";
    static final String INTERNAL = "InternalFailure";

    private static final long serialVersionUID = 1L;

    private final String type;
    private final int status;

    KinesisError(String type, int status, String message) {
        super(message, null, false, false);
        this.type = type;
        this.status = status;
    }

    static KinesisError notFound(String message) {
        return new KinesisError("ResourceNotFoundException", 400, message);
    }

    static KinesisError inUse(String message) {
        return new KinesisError("ResourceInUseException", 400, message);
    }

    static KinesisError invalidArgument(String message) {
        return new KinesisError("InvalidArgumentException", 400, message);
    }

    static KinesisError limitExceeded(String message) {
        return new KinesisError("LimitExceededException", 400, message);
    }

    static KinesisError throttled(String stream, String shard) {
        return new KinesisError(
                THROTTLED, 400, "Rate exceeded for shard " + shard + " in stream " + stream + ".");
    }

    static KinesisError internal(String message) {
        return new KinesisError(INTERNAL, 500, message);
    }

    /// The service's form for a member that breaks its shape: `rule` is what the member must
    /// satisfy.
    static KinesisError constraint(String member, String rule) {
        return new KinesisError(
                "ValidationException",
                400,
                "1 validation error detected: Value at '"
                        + member.substring(0, 1).toLowerCase(Locale.ROOT)
                        + member.substring(1)
                        + "' failed to satisfy constraint: Member must "
                        + rule);
    }

    String type() {
        return type;
    }

    int status() {
        return status;
    }

    String text() {
        return String.valueOf(getMessage());
    }
}
