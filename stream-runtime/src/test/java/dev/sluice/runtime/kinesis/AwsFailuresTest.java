package dev.sluice.runtime.kinesis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.runtime.failure.SetupFailure;
import dev.sluice.runtime.failure.TransientFailure;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

class AwsFailuresTest {

    @ParameterizedTest
    @CsvSource({
        "400, ProvisionedThroughputExceededException",
        "400, ThrottlingException",
        "400, RequestLimitExceeded",
        "400, KMSThrottlingException",
        "400, LimitExceededException",
        "400, ResourceInUseException",
        "400, ExpiredTokenException",
        "400, RequestTimeout",
        "403, RequestTimeTooSkewed",
        "409, OperationAborted",
        "429, TooManyRequests",
        "500, InternalFailure",
        "500, InternalError",
        "503, SlowDown",
        "503, ServiceUnavailable"
    })
    void mayWorkLater(int status, String code) {
        RuntimeException failure = AwsFailures.of("stream raw", answer(status, code));
        assertThat(failure)
                .isInstanceOf(TransientFailure.class)
                .hasMessageContaining("stream raw")
                .hasMessageContaining(code);
    }

    @ParameterizedTest
    @CsvSource({
        "400, ResourceNotFoundException",
        "400, AccessDeniedException",
        "400, ValidationException",
        "400, InvalidArgumentException",
        "400, UnrecognizedClientException",
        "400, KMSDisabledException",
        "403, AccessDenied",
        "403, SignatureDoesNotMatch",
        "403, InvalidAccessKeyId",
        "404, NoSuchBucket",
        "301, PermanentRedirect"
    })
    void needsSomebodyToChangeSomething(int status, String code) {
        RuntimeException failure = AwsFailures.of("s3://bucket/key", answer(status, code));
        assertThat(failure)
                .isInstanceOf(SetupFailure.class)
                .hasMessageContaining("s3://bucket/key")
                .hasMessageContaining(code);
    }

    @Test
    void looksIntoWhatAFutureThrows() {
        var missing =
                ResourceNotFoundException.builder()
                        .statusCode(400)
                        .awsErrorDetails(
                                AwsErrorDetails.builder()
                                        .errorCode("ResourceNotFoundException")
                                        .build())
                        .build();
        RuntimeException failure =
                AwsFailures.of(
                        "stream raw", new ExecutionException(new CompletionException(missing)));
        assertThat(failure).isInstanceOf(SetupFailure.class).hasCause(missing);
    }

    @Test
    void mayWorkLaterWhenThereWasNoAnswer() {
        assertThat(AwsFailures.of("stream raw", ApiCallTimeoutException.create(5000)))
                .isInstanceOf(TransientFailure.class)
                .hasMessageContaining("stream raw");
        assertThat(AwsFailures.of("stream raw", SdkClientException.create("connection refused")))
                .isInstanceOf(TransientFailure.class)
                .hasMessageContaining("connection refused");
    }

    @Test
    void leavesMistakesOfTheProgramAsTheyAre() {
        IllegalStateException mistake = new IllegalStateException("closed");
        assertThat(AwsFailures.of("stream raw", mistake)).isSameAs(mistake);
    }

    @Test
    void survivesAnAnswerWithoutDetails() {
        RuntimeException failure =
                AwsFailures.of("stream raw", AwsServiceException.builder().statusCode(502).build());
        assertThat(failure).isInstanceOf(TransientFailure.class).hasMessageContaining("502");
    }

    private static AwsServiceException answer(int status, String code) {
        return AwsServiceException.builder()
                .statusCode(status)
                .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
                .build();
    }
}
