package dev.sluice.runtime.kinesis;

import dev.sluice.runtime.failure.SetupFailure;
import dev.sluice.runtime.failure.TransientFailure;

import org.jspecify.annotations.Nullable;

import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/// What an exception of the AWS SDK means for the caller, for every service in one place.
///
/// | The SDK says | means |
/// |---|---|
/// | throttled, 5xx, one of the passing 4xx codes below | try again later |
/// | any other 4xx: not found, refused, invalid | somebody has to change something |
/// | no answer: connection, timeout, credentials not at hand | try again later |
public final class AwsFailures {

    private static final int FIRST_SERVER_ERROR = 500;

    /// Codes with a 4xx status that pass by themselves: credentials being rotated, a table or
    /// stream being changed, a clock the SDK corrects, a slow upload, a race for one object.
    private static final Set<String> PASSING =
            Set.of(
                    "ExpiredToken",
                    "ExpiredTokenException",
                    "ExpiredIteratorException",
                    "ResourceInUseException",
                    "LimitExceededException",
                    "KMSThrottlingException",
                    "ProvisionedThroughputExceededException",
                    "TransactionInProgressException",
                    "TransactionConflictException",
                    "OperationAborted",
                    "ConditionalRequestConflict",
                    "RequestTimeout",
                    "RequestTimeoutException",
                    "RequestTimeTooSkewed",
                    "RequestExpired");

    private AwsFailures() {}

    /// Translates an exception.
    ///
    /// @param object what the call was about, such as `stream raw` or `s3://bucket/key`
    /// @return a {@link TransientFailure} or {@link SetupFailure} that names the object; what is
    ///     not the SDK's comes back as it is
    public static RuntimeException of(String object, Throwable thrown) {
        Throwable cause = thrown;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return switch (cause) {
            case AwsServiceException answer -> answered(object, answer);
            case SdkException none -> new TransientFailure(object + ": " + reason(none), none);
            case RuntimeException other -> other;
            default -> new TransientFailure(object + ": " + cause.getClass().getName(), cause);
        };
    }

    /// The error code of an answer, such as `NoSuchKey`; empty if it has none.
    public static String code(AwsServiceException answer) {
        AwsErrorDetails details = answer.awsErrorDetails();
        @Nullable String code = details == null ? null : details.errorCode();
        return code == null ? "" : code;
    }

    private static RuntimeException answered(String object, AwsServiceException answer) {
        String code = code(answer);
        String message =
                "%s: %s (status %d)"
                        .formatted(
                                object,
                                code.isEmpty() ? "no error code" : code,
                                answer.statusCode());
        boolean passing =
                answer.isThrottlingException()
                        || answer.isClockSkewException()
                        || answer.statusCode() >= FIRST_SERVER_ERROR
                        || PASSING.contains(code);
        return passing ? new TransientFailure(message, answer) : new SetupFailure(message, answer);
    }

    private static String reason(SdkException none) {
        return none.getClass().getSimpleName() + " " + none.getMessage();
    }
}
