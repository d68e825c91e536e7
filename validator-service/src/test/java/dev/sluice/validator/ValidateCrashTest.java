package dev.sluice.validator;

import static dev.sluice.validator.Fixtures.frame;
import static dev.sluice.validator.Fixtures.good;
import static dev.sluice.validator.Fixtures.received;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contracts.event.Bytes;
import dev.sluice.contracts.event.Receipt;
import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.contracts.rejection.QuarantineRecord;
import dev.sluice.runtime.books.BookPage;
import dev.sluice.runtime.memory.CrashAfterEachEffect;
import dev.sluice.runtime.memory.EffectLog;
import dev.sluice.runtime.memory.MemoryShard;
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

/// Dies after each effect there is, of events, copies, refused events and a frame that nobody can
/// read, before and after a split, and ends up where an undisturbed run does.
class ValidateCrashTest {

    private static final int WHOLE = 32 << 20;
    private static final int EACH_RECORD = 1;

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
    /// @param valid the ids on each shard of the valid stream, without what came again
    /// @param quarantined the lines; one may be sent twice
    /// @param seen the ids that a new process would remember, as they are written
    private record Outcome(
            Map<ShardId, List<String>> valid,
            Set<String> quarantined,
            Map<ShardId, Optional<SequenceNumber>> checkpoints,
            Set<BookPage> pages,
            Map<ShardId, String> seen,
            double coldStarts) {}

    private static final class Line implements CrashAfterEachEffect.World {

        private final PipelineRig rig;

        Line(long sliceBytes, int batch, boolean heldCheckpoints) {
            rig = new PipelineRig(sliceBytes, batch, 1 << 20);
            if (heldCheckpoints) {
                rig.consumer.holdCheckpoints();
            }
            ShardId first = rig.streams.shards(PipelineRig.RAW).getFirst().id();
            rig.streams.split(PipelineRig.VALID, first);
            rig.feed(frame(good("1"), good("2"), received("3", "{")), frame(good("4")));
            rig.feed(frame(good("4"), good("5"), good("1"), good("5")), new byte[] {1, 2, 3});
            rig.now = Fixtures.NOW.plus(Duration.ofMinutes(59));
            rig.feed(frame(received("3", "{"), good("3")), frame(good("2"), good("6")));
            rig.streams.split(PipelineRig.RAW, first);
            rig.feedEach(good("1"), good("7"), good("6"), good("8"), received("9", "{"));
            rig.now = Fixtures.NOW.plus(PipelineRig.WINDOW);
            rig.feedEach(good("1"), good("2"), good("7"), good("9"));
        }

        @Override
        public EffectLog log() {
            return rig.log;
        }

        @Override
        public void run() {
            rig.consumer.start();
            rig.consumer.runUntilIdle();
            rig.consumer.close();
        }

        @Override
        public void crash() {
            rig.consumer.crash();
        }

        @Override
        public Outcome outcome() {
            return new Outcome(
                    valid(),
                    rig.quarantined().stream()
                            .map(QuarantineRecord::encode)
                            .map(line -> new String(line, StandardCharsets.UTF_8))
                            .collect(Collectors.toSet()),
                    rig.streams.shards(PipelineRig.RAW).stream()
                            .map(MemoryShard::id)
                            .collect(Collectors.toMap(id -> id, rig.consumer::checkpoint)),
                    Set.copyOf(rig.books.all()),
                    seen(),
                    rig.meters.find("sluice.state.cold.starts").counters().stream()
                            .mapToDouble(counter -> counter.count())
                            .sum());
        }

        private Map<ShardId, List<String>> valid() {
            Map<ShardId, List<String>> ids = new HashMap<>();
            for (MemoryShard shard : rig.streams.shards(PipelineRig.VALID)) {
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

        private Map<ShardId, String> seen() {
            rig.memories.clear();
            rig.consumer.start();
            rig.consumer.tick();
            rig.consumer.crash();
            Map<ShardId, String> seen = new HashMap<>();
            rig.memories.forEach((shard, memory) -> seen.put(shard, written(memory)));
            return seen;
        }

        private static String written(ShardMemory memory) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try {
                memory.ids().writeAll(new DataOutputStream(bytes));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return HexFormat.of().formatHex(bytes.toByteArray());
        }
    }
}
