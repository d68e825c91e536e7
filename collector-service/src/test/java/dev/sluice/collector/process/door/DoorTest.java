package dev.sluice.collector.process.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.collector.process.body.BodyForm;
import dev.sluice.collector.process.body.BodyLimits;
import dev.sluice.collector.process.body.BodySplitter;
import dev.sluice.collector.process.body.SplitBody;
import dev.sluice.contracts.event.Receipt;
import dev.sluice.contracts.event.SourceId;
import dev.sluice.contracts.event.TenantId;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Random;

class DoorTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:59.999998Z");

    @Test
    void tellsTheReceiptsOfOneIdInOneRequestApart() {
        byte[] body =
                "{\"event_type\":\"a\",\"event_id\":\"same\"}\n"
                        .repeat(4)
                        .getBytes(StandardCharsets.UTF_8);
        SplitBody.Elements elements =
                (SplitBody.Elements)
                        new BodySplitter(BodyLimits.DEFAULT)
                                .split(body, body.length, BodyForm.UNSAID);

        AdmittedBatch batch =
                new Door(new UuidV7(() -> NOW, new Random(1)))
                        .admit(
                                elements.events(),
                                new Origin(
                                        new TenantId("shop"),
                                        new SourceId("web"),
                                        NOW,
                                        null,
                                        null,
                                        Privacy.NONE));

        List<Instant> times =
                batch.events().stream()
                        .map(event -> Receipt.decode(event.event().receipt()).receivedTs())
                        .toList();
        assertThat(times)
                .containsExactly(
                        NOW,
                        Instant.parse("2026-01-02T03:04:59.999999Z"),
                        Instant.parse("2026-01-02T03:05:00Z"),
                        Instant.parse("2026-01-02T03:05:00.000001Z"));
    }
}
