package dev.sluice.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.collector.egress.DoorBooks;
import dev.sluice.collector.egress.RawStream;
import dev.sluice.collector.process.body.BodyForm;
import dev.sluice.collector.process.body.BodyLimits;
import dev.sluice.collector.process.body.BodySplitter;
import dev.sluice.collector.process.door.Door;
import dev.sluice.collector.process.door.Origin;
import dev.sluice.collector.process.door.Privacy;
import dev.sluice.collector.process.door.UuidV7;
import dev.sluice.contracts.event.EventId;
import dev.sluice.contracts.event.Receipt;
import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.contracts.event.SourceId;
import dev.sluice.contracts.event.TenantId;
import dev.sluice.contracts.frame.FrameEncoder;
import dev.sluice.contracts.frame.FrameLimits;
import dev.sluice.contracts.rejection.Rejection;
import dev.sluice.runtime.books.BooksWriter;
import dev.sluice.runtime.failure.SetupFailure;
import dev.sluice.runtime.memory.Effect;
import dev.sluice.runtime.memory.EffectLog;
import dev.sluice.runtime.memory.MemoryBooks;
import dev.sluice.runtime.memory.MemoryStreams;
import dev.sluice.runtime.publish.GroupCommitConfig;
import dev.sluice.runtime.publish.GroupCommitPublisher;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/// Every effect of the pipeline, in order, against streams in memory.
class CollectPipelineTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678901Z");
    private static final Origin ORIGIN =
            new Origin(
                    new TenantId("shop"),
                    new SourceId("web"),
                    NOW,
                    "192.0.2.7",
                    "Tester/1",
                    Privacy.NONE);
    private static final String PUT = "put sluice-raw shardId-000000000000";

    private final EffectLog log = new EffectLog();
    private final MemoryStreams streams = new MemoryStreams(() -> NOW, log);
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final GroupCommitPublisher<SectionedEvent> publisher =
            new GroupCommitPublisher<>(
                    streams,
                    StoredEvents.RAW,
                    new FrameEncoder(FrameLimits.DEFAULT, 50_000, new UUID(1, 2), () -> NOW)
                            ::encode,
                    SectionedEvent::size,
                    GroupCommitConfig.defaults(),
                    registry);
    private final MemoryBooks store = new MemoryBooks();
    private final DoorBooks books =
            new DoorBooks("process-1", new BooksWriter("collector", store, registry));
    private final CollectPipeline pipeline =
            new CollectPipeline(
                    new BodySplitter(BodyLimits.DEFAULT),
                    new Door(new UuidV7(() -> NOW, new Random(1))),
                    new RawStream(
                            StoredEvents.RAW, publisher::submit, CircuitBreaker.ofDefaults("raw")),
                    books,
                    new CollectMetrics(registry));

    @AfterEach
    void close() {
        publisher.close();
    }

    @Test
    void answersAfterTheStreamHasEveryEvent() {
        streams.create(StoredEvents.RAW, 1);

        collect(
                """
                {"event_id":"1","event_type":"page_view","anonymous_id":"d"}
                {"event_id":"2","event_type":"page_view","user_id":7}
                """);

        assertThat(log.lines()).containsExactly(PUT, "answer Stored");
        assertThat(stored().bodies())
                .containsExactly(
                        "{\"event_id\":\"1\",\"event_type\":\"page_view\",\"anonymous_id\":\"d\"}",
                        "{\"event_id\":\"2\",\"event_type\":\"page_view\",\"user_id\":7}");
        assertThat(stored().receipts())
                .containsExactly(
                        receipt("1", 0, "shop/d", null),
                        receipt(
                                "2",
                                1,
                                "shop/2",
                                new Rejection.Malformed("user_id is not a string")));
        assertCounts(2, 2, 0);
    }

    @Test
    void storesTheSpoiledLineBesideTheGoodOnes() {
        streams.create(StoredEvents.RAW, 1);

        collect("{\"event_id\":\"1\",\"event_type\":\"a\"}\n{\"event_id\":\n");

        assertThat(log.lines()).containsExactly(PUT, "answer Stored");
        assertThat(stored().bodies()).last().isEqualTo("{\"event_id\":");
        assertThat(stored().receipts().getLast().refusal())
                .isEqualTo(
                        new Rejection.Malformed(
                                "line 2, column 13: Unexpected end-of-input within/between Object"
                                        + " entries"));
        assertThat(stored().ids().getLast()).startsWith("%08x".formatted(NOW.toEpochMilli() >> 16));
    }

    @Test
    void storesNothingWhenNoEventIsGood() {
        streams.create(StoredEvents.RAW, 1);

        collect("[{},{}]");
        collect("[]");
        collect("{\"event_type\":");
        collect("{}".repeat(5001));

        assertThat(log.lines())
                .containsExactly(
                        "answer NothingGood",
                        "answer NoEvents",
                        "answer Unreadable",
                        "answer TooMany");
        assertCounts(2, 0, 2);
    }

    @Test
    void sendsAgainWhatTheStreamThrottled() {
        streams.create(StoredEvents.RAW, 1);
        streams.faults().failNextRecords(2, "ProvisionedThroughputExceededException");

        collect("{\"event_id\":\"1\",\"event_type\":\"a\"}");

        assertThat(log.lines()).containsExactly(PUT, "answer Stored");
        assertThat(stored().ids()).containsExactly("1");
    }

    @Test
    void answersNothingWhenThereIsNoStream() {
        assertThatThrownBy(() -> collect("{\"event_id\":\"1\",\"event_type\":\"a\"}"))
                .isInstanceOf(SetupFailure.class)
                .hasMessageContaining("sluice-raw");

        assertThat(log.lines()).isEmpty();
        assertCounts(0, 0, 0);
        assertThat(count("sluice.collector.events", "failed")).isEqualTo(1);
    }

    @Test
    void putsEventsOfOneDeviceIntoFewFrames() {
        streams.create(StoredEvents.RAW, 4);

        collect("{\"event_type\":\"a\",\"anonymous_id\":\"d\"}\n".repeat(1000));

        assertThat(log.of(Effect.RecordPut.class)).hasSizeBetween(1, 2);
        assertThat(stored().events()).hasSize(1000);
    }

    private void collect(String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        CollectOutcome outcome =
                pipeline.collect(new CollectRequest(bytes, bytes.length, BodyForm.UNSAID, ORIGIN));
        log.note("answer " + outcome.getClass().getSimpleName());
    }

    private StoredEvents stored() {
        return StoredEvents.ofRecords(
                log.of(Effect.RecordPut.class).stream().map(Effect.RecordPut::data).toList());
    }

    private static Receipt receipt(
            String id,
            int index,
            String key,
            @org.jspecify.annotations.Nullable Rejection refusal) {
        return new Receipt(
                new EventId(id),
                ORIGIN.tenantId(),
                ORIGIN.sourceId(),
                NOW.plusNanos(1000L * index),
                key,
                "192.0.2.7",
                "Tester/1",
                refusal);
    }

    private void assertCounts(int received, int published, int rejected) {
        assertThat(
                        List.of(
                                count("sluice.events", "received"),
                                count("sluice.events", "published"),
                                count("sluice.events", "rejected")))
                .containsExactly((double) received, (double) published, (double) rejected);
        assertThat(received).isEqualTo(published + rejected);
        assertThat(inTheBooks()).isEqualTo(published);
    }

    private long inTheBooks() {
        books.flush();
        return store.all().stream()
                .flatMap(page -> page.counts().values().stream())
                .mapToLong(counts -> counts.tally().published())
                .sum();
    }

    private double count(String meter, String outcome) {
        return registry.get(meter).tag("outcome", outcome).counter().count();
    }
}
