package dev.sluice.validator.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contracts.event.Receipt;
import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.contracts.rejection.QuarantineId;
import dev.sluice.contracts.rejection.RejectionReason;
import dev.sluice.contracts.schema.UnknownTypes;
import dev.sluice.runtime.stream.SequenceNumber;
import dev.sluice.validator.Fixtures;
import dev.sluice.validator.ingress.ReceivedBatch;
import dev.sluice.validator.ingress.ReceivedEvent;
import dev.sluice.validator.ingress.RejectedEvent;
import dev.sluice.validator.process.body.BodyParser;
import dev.sluice.validator.process.contract.ContractCheck;
import dev.sluice.validator.process.time.EventClock;
import dev.sluice.validator.process.time.TimeBounds;
import dev.sluice.validator.process.type.EventTypeNames;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

class BatchCheckTest {

    private static final SequenceNumber RECORD = SequenceNumber.of("5");

    @Test
    void quarantinesAnEventThatTheCheckItselfFailsOnAndChecksTheNext() {
        BatchCheck check = new BatchCheck(failingOn("page_views"));

        CheckedBatch checked =
                check.apply(
                        new ReceivedBatch(
                                List.of(
                                        event(0, "{\"event_type\":\"page_views\"}"),
                                        event(1, "{\"event_type\":\"page_view\"}")),
                                List.of(),
                                RECORD));

        assertThat(checked.valid()).hasSize(1);
        assertThat(checked.upTo()).isEqualTo(RECORD);
        assertThat(checked.rejected())
                .singleElement()
                .extracting(RejectedEvent::quarantined)
                .satisfies(
                        line -> {
                            assertThat(line.reason()).isEqualTo(RejectionReason.DECODE_FAILURE);
                            assertThat(line.quarantineId()).isEqualTo("raw/shard/5/0");
                            assertThat(line.message())
                                    .contains("IllegalStateException")
                                    .doesNotContain("page_views");
                        });
    }

    private static EventCheck failingOn(String type) {
        return new EventCheck(
                Fixtures.MAX_EVENT_BYTES,
                new BodyParser(),
                new EventTypeNames(
                        (tenant, name) -> {
                            if (name.equals(type)) {
                                throw new IllegalStateException(name);
                            }
                            return Fixtures.CONTRACTS.has(tenant, name);
                        }),
                new ContractCheck(() -> Fixtures.CONTRACTS, UnknownTypes.ACCEPT),
                new EventClock(new TimeBounds(Duration.ofHours(1), Duration.ofDays(1))));
    }

    private static ReceivedEvent event(int index, String body) {
        SectionedEvent event = Fixtures.received("e-" + index, body);
        return new ReceivedEvent(
                new QuarantineId("raw", "shard", "5", index),
                RECORD,
                Fixtures.NOW,
                Receipt.decode(event.receipt()),
                event);
    }
}
