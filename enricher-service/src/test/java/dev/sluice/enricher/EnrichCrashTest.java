package dev.sluice.enricher;

import static dev.sluice.enricher.Fixtures.frame;
import static dev.sluice.enricher.Fixtures.unchecked;
import static dev.sluice.enricher.Fixtures.valid;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contracts.derived.SessionChange;
import dev.sluice.contracts.event.Bytes;
import dev.sluice.contracts.event.Receipt;
import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.contracts.rejection.QuarantineRecord;
import dev.sluice.enricher.process.Enrichment;
import dev.sluice.runtime.books.BookCounts;
import dev.sluice.runtime.books.BookPage;
import dev.sluice.runtime.memory.CrashAfterEachEffect;
import dev.sluice.runtime.memory.EffectLog;
import dev.sluice.runtime.memory.MemoryShard;
import dev.sluice.runtime.metrics.Tally;
import dev.sluice.runtime.stream.SequenceNumber;
import dev.sluice.runtime.stream.ShardId;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Dies after each effect there is, of events, what the validator sent again, an event and frames
/// that nobody can read, before and after a split, and ends up where an undisturbed run does.
class EnrichCrashTest {

    private static final int WHOLE = 32 << 20;
    private static final int EACH_RECORD = 1;
    private static final List<Enrichment> ALL = Fixtures.enrichments();

    @Test
    void sendsEachEventOnOnceWhenNothingDisturbsIt() {
        Line line = new Line(WHOLE, 2, false);
        line.run();

        assertThat(line.outcome().enriched().values().stream().flatMap(List::stream))
                .containsExactlyInAnyOrder("1", "2", "3", "4", "5", "6", "7", "8", "9", "9");
        assertThat(line.rig.published()).as("no crash, no replay").hasSize(10);
        assertThat(line.rig.sessions().values())
                .as("of as many devices")
                .hasSize(9)
                .allMatch(SessionChange::closed);
        assertThat(line.rig.booked())
                .isEqualTo(
                        Map.of(
                                "shop",
                                new BookCounts(new Tally(14, 10, 4, 0, 0), 9),
                                "",
                                new BookCounts(new Tally(2, 0, 2, 0, 0), 0)));
    }

    @Test
    void endsUpTheSameWhereverItDies() {
        assertThat(CrashAfterEachEffect.once(() -> new Line(WHOLE, 2, false))).isGreaterThan(20);
    }

    @Test
    void endsUpTheSameWithACheckpointForSeveralSlices() {
        assertThat(CrashAfterEachEffect.once(() -> new Line(EACH_RECORD, 100, false)))
                .isGreaterThan(20);
    }

    @Test
    void endsUpTheSameWhenCheckpointsAreFarApart() {
        assertThat(CrashAfterEachEffect.once(() -> new Line(EACH_RECORD, 2, true)))
                .isGreaterThan(15);
    }

    @Test
    void endsUpTheSameWhenTheRecoveryDiesToo() {
        assertThat(CrashAfterEachEffect.twice(() -> new Line(WHOLE, 100, false))).isGreaterThan(60);
    }

    /// What must not depend on crashes.
    ///
    /// @param enriched the ids on each shard of the enriched stream, without what came again
    /// @param quarantined the lines; one may be sent twice
    /// @param sessions the newest report of each
    /// @param marks that a new process would remember, as they are written
    private record Outcome(
            Map<ShardId, List<String>> enriched,
            Set<String> quarantined,
            Map<ShardId, Optional<SequenceNumber>> checkpoints,
            Set<BookPage> pages,
            Map<String, SessionChange> sessions,
            Map<ShardId, String> marks,
            double coldStarts) {}

    private static final class Line implements CrashAfterEachEffect.World {

        private final PipelineRig rig;

        Line(long sliceBytes, int batch, boolean heldCheckpoints) {
            rig = new PipelineRig(ALL, sliceBytes, batch);
            if (heldCheckpoints) {
                rig.consumer.holdCheckpoints();
            }
            ShardId first = rig.streams.shards(PipelineRig.VALID).getFirst().id();
            rig.streams.split(PipelineRig.ENRICHED, first);
            byte[] sent = frame(one(10, 0, "1"), one(10, 1, "2"), unchecked("bad"));
            rig.feed(sent, frame(one(11, 0, "3"), other(20, 0, "4")), sent);
            rig.feed(new byte[] {1, 2, 3}, frame(valid("9")), frame(valid("9")));
            rig.now = Fixtures.NOW.plus(Duration.ofMinutes(3));
            rig.feed(sent, frame(one(11, 0, "3"), one(12, 0, "5")), new byte[] {1, 2});
            rig.streams.split(PipelineRig.VALID, first);
            rig.feedEach(one(10, 1, "2"), one(12, 0, "5"), one(13, 0, "6"), other(21, 4, "7"));
            rig.feedEach(one(13, 0, "6"), other(21, 4, "7"), one(14, 0, "8"), unchecked("bad"));
        }

        private static SectionedEvent one(int sequence, int index, String id) {
            return valid(id, "shardId-000000000007", sequence, index);
        }

        private static SectionedEvent other(int sequence, int index, String id) {
            return valid(id, "shardId-000000000008", sequence, index);
        }

        @Override
        public EffectLog log() {
            return rig.log;
        }

        @Override
        public void run() {
            rig.consumer.start();
            rig.consumer.runUntilIdle();
            rig.now = Fixtures.NOW.plus(Duration.ofHours(1));
            rig.consumer.tick();
            rig.consumer.close();
        }

        @Override
        public void crash() {
            rig.consumer.crash();
        }

        @Override
        public Outcome outcome() {
            return new Outcome(
                    enriched(),
                    rig.quarantined().stream()
                            .map(QuarantineRecord::encode)
                            .map(line -> new String(line, StandardCharsets.UTF_8))
                            .collect(Collectors.toSet()),
                    rig.streams.shards(PipelineRig.VALID).stream()
                            .map(MemoryShard::id)
                            .collect(Collectors.toMap(id -> id, rig.consumer::checkpoint)),
                    Set.copyOf(rig.books.all()),
                    rig.sessions(),
                    marks(),
                    rig.meters.find("sluice.state.cold.starts").counters().stream()
                            .mapToDouble(counter -> counter.count())
                            .sum());
        }

        private Map<ShardId, List<String>> enriched() {
            Map<ShardId, List<String>> ids = new HashMap<>();
            for (MemoryShard shard : rig.streams.shards(PipelineRig.ENRICHED)) {
                Map<Bytes, SectionedEvent> known = new HashMap<>();
                List<String> firsts = new ArrayList<>();
                for (SectionedEvent event : rig.published(shard.id())) {
                    SectionedEvent before = known.putIfAbsent(event.origin(), event);
                    if (before == null) {
                        firsts.add(Receipt.decode(event.receipt()).eventId().value());
                    } else {
                        assertThat(event).as("a replay").isEqualTo(before);
                    }
                }
                ids.put(shard.id(), firsts);
            }
            return ids;
        }

        private Map<ShardId, String> marks() {
            rig.memories.clear();
            rig.consumer.start();
            rig.consumer.tick();
            rig.consumer.crash();
            Map<ShardId, String> marks = new HashMap<>();
            rig.memories.forEach((shard, memory) -> marks.put(shard, written(memory)));
            return marks;
        }

        private static String written(ShardMemory memory) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try {
                memory.marks().writeAll(new DataOutputStream(bytes));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return HexFormat.of().formatHex(bytes.toByteArray());
        }
    }
}
