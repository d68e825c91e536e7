package dev.sluice.loader.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contracts.stream.Streams;
import dev.sluice.loader.Fixtures;
import dev.sluice.loader.archive.verify.ArchiveVerification;
import dev.sluice.loader.archive.verify.VerifyReport;
import dev.sluice.loader.archive.verify.VerifyScope;
import dev.sluice.runtime.memory.CrashAfterEachEffect;
import dev.sluice.runtime.memory.EffectLog;
import dev.sluice.runtime.memory.MemoryConsumer;
import dev.sluice.runtime.memory.MemoryObjectStore;
import dev.sluice.runtime.memory.MemoryStreams;
import dev.sluice.runtime.publish.OutgoingRecord;
import dev.sluice.runtime.stream.HashKey;
import dev.sluice.runtime.stream.ShardHandlerFactory;
import dev.sluice.runtime.stream.ShardId;
import dev.sluice.runtime.stream.StreamName;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Dies after each object and each checkpoint; what is read again is cut at other places.
class ArchiveCrashTest {

    private static final StreamName RAW = new StreamName(Streams.RAW);

    private static final class Archiving implements CrashAfterEachEffect.World {

        private final EffectLog log = new EffectLog();
        private final MemoryStreams streams = new MemoryStreams(() -> Fixtures.RECEIVED, log);
        private final MemoryObjectStore objects =
                new MemoryObjectStore("lake", () -> Fixtures.RECEIVED, log);
        private final MemoryConsumer consumer = new MemoryConsumer(streams, RAW, archive(), 3, 1);
        private int bytes = 40;

        Archiving() {
            streams.create(RAW, 1);
            put(1, 13);
            streams.split(RAW, new ShardId("shardId-000000000000"));
            put(14, 30);
        }

        @Override
        public EffectLog log() {
            return log;
        }

        @Override
        public void run() {
            consumer.start();
            consumer.runUntilIdle();
            consumer.close();
        }

        /// The next process makes objects of another size.
        @Override
        public void crash() {
            consumer.crash();
            bytes = 70;
        }

        @Override
        public Object outcome() {
            VerifyReport verified =
                    new ArchiveVerification(objects, () -> Fixtures.RECEIVED.plusSeconds(60))
                            .run(
                                    new VerifyScope(
                                            Fixtures.RECEIVED,
                                            Fixtures.RECEIVED.plusSeconds(3600),
                                            null,
                                            Map.of(),
                                            Duration.ofDays(180),
                                            Duration.ofMinutes(10)),
                                    _ -> {});
            assertThat(verified.findings()).isEmpty();
            return new ArchiveReader(objects)
                    .frames(ArchivePipeline.PREFIX)
                    .map(frame -> frame.sequence() + " " + frame.frame()[0])
                    .toList();
        }

        private ShardHandlerFactory archive() {
            return start -> ArchiveRig.shards(objects, bytes, () -> Fixtures.RECEIVED).open(start);
        }

        private void put(int first, int last) {
            for (int i = first; i <= last; i++) {
                byte[] frame = new byte[10];
                frame[0] = (byte) i;
                HashKey key = HashKey.of(String.valueOf(i));
                streams.put(RAW, List.of(new OutgoingRecord(key, frame)));
            }
        }
    }

    @Test
    void givesEveryFrameOnceWhereverItDies() {
        Archiving undisturbed = new Archiving();
        undisturbed.run();
        assertThat((List<?>) undisturbed.outcome()).hasSize(30).doesNotHaveDuplicates();

        assertThat(CrashAfterEachEffect.once(Archiving::new)).isGreaterThan(10);
    }

    @Test
    void givesEveryFrameOnceWhenTheRecoveryDiesToo() {
        assertThat(CrashAfterEachEffect.twice(Archiving::new)).isGreaterThan(100);
    }
}
