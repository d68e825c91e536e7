package dev.sluice.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contracts.event.SourceId;
import dev.sluice.contracts.event.TenantId;
import dev.sluice.runtime.books.BooksWriter;
import dev.sluice.runtime.books.ShardBooks;
import dev.sluice.runtime.memory.MemoryBooks;
import dev.sluice.runtime.stream.ShardId;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Files of history become rows, the same however often; every line that does not is named.
class BackfillTest {

    private static final BackfillPlan PLAN =
            new BackfillPlan("b", new TenantId("shop"), new SourceId("history"), null);
    private static final String FILES = "replayed/events/backfill-b/";

    private final ReplayRig rig = new ReplayRig();
    private final List<HistoryLine.Bad> bad = new ArrayList<>();

    @Test
    void linesBecomeRowsAndTheOthersAreNamed() throws Exception {
        Backfill.Outcome outcome =
                run(
                        new NdjsonFile(new FieldMap(Map.of())),
                        """
                        {"event_type":"page_view","event_ts":"2024-03-01T10:00:00Z","anonymous_id":"d-1","properties":{}}

                        no json
                        {"event_type":"tap","event_ts":"2024-03-01T10:00:01Z"}
                        {"event_type":"page_view","anonymous_id":"d-1"}
                        {"event_type":"page_view","event_ts":"yesterday"}
                        {"event_type":"page_view","event_ts":"2024-03-01T10:00:00Z","anonymous_id":"d-1","properties":{}}
                        """);

        assertThat(outcome.counts().rows()).isEqualTo(1);
        assertThat(outcome.counts().duplicates()).isEqualTo(1);
        assertThat(bad)
                .extracting(HistoryLine.Bad::number)
                .containsExactlyInAnyOrder(3L, 4L, 5L, 6L);
        assertThat(outcome.bad()).isEqualTo(4);
        assertThat(rig.queued()).containsExactlyElementsOf(rig.files(FILES).keySet()).hasSize(1);
    }

    @Test
    void theSameFileTwiceMakesTheSameFiles() throws Exception {
        String lines =
                """
                {"event_type":"page_view","event_ts":"2024-03-01T10:00:00Z","user_id":"u-1"}
                {"event_type":"page_view","event_ts":"2024-03-01T11:00:00Z","user_id":"u-1"}
                """;
        run(new NdjsonFile(new FieldMap(Map.of())), lines);
        Map<String, byte[]> once = Map.copyOf(rig.files(FILES));

        run(new NdjsonFile(new FieldMap(Map.of())), lines);

        assertThat(rig.queued()).hasSize(2);
        assertThat(rig.files(FILES).keySet()).isEqualTo(once.keySet());
        once.forEach((key, file) -> assertThat(rig.files(FILES).get(key)).isEqualTo(file));
    }

    @Test
    void columnsGoWhereTheyAreMapped() throws IOException {
        List<HistoryLine> events = new ArrayList<>();

        new CsvFile(new FieldMap(Map.of("at", "event_ts", "search", "properties.query")))
                .read(
                        new ByteArrayInputStream(
                                utf8(
                                        """
                                        at,event_type,user_id,search,results,note
                                        2024-03-01T10:00:00Z,search,007,"tent, red",12,
                                        """)),
                        events::add,
                        bad::add);

        assertThat(events)
                .extracting(line -> new String(line.event(), StandardCharsets.UTF_8))
                .containsExactly(
                        "{\"event_ts\":\"2024-03-01T10:00:00Z\",\"event_type\":\"search\",\"user_id\":\"007\",\"properties\":{\"query\":\"tent, red\",\"results\":12}}");
        assertThat(bad).isEmpty();
    }

    @Test
    void membersOfJsonAreMappedToo() throws IOException {
        List<HistoryLine> events = new ArrayList<>();

        new NdjsonFile(new FieldMap(Map.of("type", "event_type")))
                .read(
                        new ByteArrayInputStream(utf8("{\"type\":\"search\"}\n[1]\n")),
                        events::add,
                        bad::add);

        assertThat(events)
                .extracting(line -> new String(line.event(), StandardCharsets.UTF_8))
                .containsExactly("{\"event_type\":\"search\"}");
        assertThat(bad).extracting(HistoryLine.Bad::number).containsExactly(2L);
    }

    @Test
    void eventsWithoutATimeCountAsReceivedWhenItIsSaid() throws Exception {
        BackfillPlan then =
                new BackfillPlan(
                        "b",
                        new TenantId("shop"),
                        new SourceId("history"),
                        Instant.parse("2024-03-01T10:00:00Z"));

        Backfill.Outcome outcome =
                run(
                        then,
                        new NdjsonFile(new FieldMap(Map.of())),
                        "{\"event_type\":\"page_view\",\"user_id\":\"u-1\"}\n");

        assertThat(outcome.counts().rows()).isEqualTo(1);
        assertThat(rig.queued().getFirst()).contains("dt=2024-03-01/hour=10");
    }

    private Backfill.Outcome run(HistoryFile form, String lines) throws IOException {
        return run(PLAN, form, lines);
    }

    private Backfill.Outcome run(BackfillPlan plan, HistoryFile form, String lines)
            throws IOException {
        ShardBooks books =
                new ShardBooks(
                        new ShardId("backfill-b"),
                        new BooksWriter("validator", new MemoryBooks(), new SimpleMeterRegistry()));
        return new Backfill(plan, rig.parts(), books, bad::add, _ -> {})
                .run(form, new ByteArrayInputStream(utf8(lines)));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
