package dev.sluice.collector.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.collector.process.door.AdmittedEvent;
import dev.sluice.contracts.event.Bytes;
import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.runtime.failure.TransientFailure;
import dev.sluice.runtime.publish.Keyed;
import dev.sluice.runtime.publish.Submission;
import dev.sluice.runtime.stream.HashKey;
import dev.sluice.runtime.stream.StreamName;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

class RawStreamTest {

    private final CircuitBreaker breaker =
            CircuitBreaker.of(
                    "raw",
                    CircuitBreakerConfig.custom()
                            .slidingWindowSize(4)
                            .minimumNumberOfCalls(4)
                            .build());
    private final List<List<Keyed<SectionedEvent>>> submitted = new ArrayList<>();
    private Submission answer = new Submission.Accepted(CompletableFuture.completedFuture(null));
    private final RawStream stream =
            new RawStream(
                    new StreamName("raw"),
                    events -> {
                        submitted.add(events);
                        return answer;
                    },
                    breaker);

    @Test
    void handsInTheEventsOfARequestTogetherByTheHashOfTheirKeys() {
        stream.publish(List.of(event("a"), event("a"), event("b"), event("a")));

        assertThat(submitted).hasSize(1);
        assertThat(submitted.getFirst())
                .extracting(Keyed::key)
                .containsExactly(
                        HashKey.of("a"), HashKey.of("a"), HashKey.of("b"), HashKey.of("a"));
    }

    @Test
    void opensAfterFailuresAndThenAsksNoMore() {
        answer =
                new Submission.Accepted(
                        CompletableFuture.failedFuture(new TransientFailure("stream raw: no")));
        for (int i = 0; i < 4; i++) {
            assertThatThrownBy(() -> stream.publish(List.of(event("a"))))
                    .hasMessage("stream raw: no");
        }

        assertThatThrownBy(() -> stream.publish(List.of(event("a"))))
                .isInstanceOf(TransientFailure.class)
                .hasMessageContaining("stream raw: not tried");
        assertThat(submitted).hasSize(4);
    }

    @Test
    void staysClosedWhenThePublisherIsFullOrClosing() {
        for (Submission refusal : List.of(new Submission.Full(9, 10), new Submission.Closing())) {
            answer = refusal;
            for (int i = 0; i < 10; i++) {
                assertThatThrownBy(() -> stream.publish(List.of(event("a"))))
                        .isInstanceOf(TransientFailure.class)
                        .hasMessageContaining("stream raw");
            }
        }

        assertThat(breaker.getState()).isEqualTo(CircuitBreaker.State.CLOSED);
        assertThat(submitted).hasSize(20);
    }

    private static AdmittedEvent event(String key) {
        return new AdmittedEvent(key, SectionedEvent.received(Bytes.utf8("{}"), Bytes.utf8("{}")));
    }
}
