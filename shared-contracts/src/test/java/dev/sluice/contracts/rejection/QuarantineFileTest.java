package dev.sluice.contracts.rejection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

class QuarantineFileTest {

    private static final Instant EVENING = Instant.parse("2026-11-21T23:59:59.999999Z");
    private static final Instant MORNING = Instant.parse("2026-11-22T00:00:00Z");

    @Test
    void namesAnObjectByDayAndReason() {
        List<QuarantineFile> files =
                QuarantineFile.of(
                        "n",
                        List.of(
                                rejected("s-1", "100", 0, RejectionReason.BAD_TIME, EVENING),
                                rejected("s-1", "104", 7, RejectionReason.BAD_TIME, EVENING)));

        assertThat(files)
                .singleElement()
                .satisfies(
                        file -> {
                            assertThat(file.key())
                                    .isEqualTo(
                                            "quarantine/dt=2026-11-21/reason=bad_time/n.ndjson.gz");
                            assertThat(file.records()).hasSize(2);
                        });
    }

    @Test
    void keepsEveryRecordOnceInTheOrderItCame() throws IOException {
        List<RejectionReason> reasons = List.of(RejectionReason.values());
        List<QuarantineRecord> records = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            RejectionReason reason = reasons.get(i % reasons.size());
            records.add(rejected("s-" + i % 3, "9" + i, i, reason, i % 2 == 0 ? EVENING : MORNING));
        }

        List<QuarantineRecord> read = new ArrayList<>();
        for (QuarantineFile file : QuarantineFile.of("n", records)) {
            List<QuarantineRecord> inside = QuarantineFile.read(file.content());
            assertThat(inside).hasSameSizeAs(file.records());
            assertThat(inside).extracting(QuarantineRecord::reason).containsOnly(reasonOf(file));
            assertThat(inside)
                    .extracting(line -> QuarantineId.parse(line.quarantineId()).index())
                    .isSorted();
            read.addAll(inside);
        }
        assertThat(read)
                .extracting(QuarantineRecord::quarantineId)
                .containsExactlyInAnyOrderElementsOf(
                        records.stream().map(QuarantineRecord::quarantineId).toList());
    }

    @Test
    void separatesDays() {
        assertThat(
                        QuarantineFile.of(
                                "n",
                                List.of(
                                        rejected("s", "1", 0, RejectionReason.MALFORMED, MORNING),
                                        rejected("s", "0", 0, RejectionReason.MALFORMED, EVENING))))
                .extracting(QuarantineFile::key)
                .containsExactly(
                        "quarantine/dt=2026-11-21/reason=malformed/n.ndjson.gz",
                        "quarantine/dt=2026-11-22/reason=malformed/n.ndjson.gz");
    }

    @Test
    void givesTheSameBytesForTheSameRecords() {
        List<QuarantineRecord> records =
                List.of(rejected("s", "1", 0, RejectionReason.MALFORMED, MORNING));

        assertThat(QuarantineFile.of("n", records).getFirst().content())
                .isEqualTo(QuarantineFile.of("n", records).getFirst().content());
    }

    @Test
    void makesNoObjectOfNothing() {
        assertThat(QuarantineFile.of("n", List.of())).isEmpty();
    }

    @Test
    void refusesToReadWhatIsNoObjectOfTheQuarantine() {
        byte[] object =
                QuarantineFile.of(
                                "n",
                                List.of(
                                        rejected(
                                                "s-1",
                                                "100",
                                                0,
                                                RejectionReason.BAD_TIME,
                                                EVENING)))
                        .getFirst()
                        .content();
        byte[] cut = Arrays.copyOf(object, object.length / 2);

        for (byte[] wrong : List.of(new byte[0], new byte[] {'{', '}'}, cut)) {
            assertThatThrownBy(() -> QuarantineFile.read(wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("not an object of the quarantine");
        }
    }

    @Test
    void readsBackTheIdItWrites() {
        QuarantineId event = new QuarantineId("sluice-raw", "shardId-000000000000", "4959", 3);
        QuarantineId frame =
                new QuarantineId("sluice-raw", "shardId-1", "4959", QuarantineId.WHOLE_FRAME);

        assertThat(event).hasToString("sluice-raw/shardId-000000000000/4959/3");
        assertThat(frame).hasToString("sluice-raw/shardId-1/4959/frame");
        assertThat(QuarantineId.parse(event.toString())).isEqualTo(event);
        assertThat(QuarantineId.parse(frame.toString())).isEqualTo(frame);
    }

    @Test
    void refusesAnIdWithoutAllItsParts() {
        for (String wrong : List.of("", "a/b/c", "a/b/c/d/e", "a/b/c/x", "a//c/1", "a/b/c/-2")) {
            assertThatThrownBy(() -> QuarantineId.parse(wrong))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static RejectionReason reasonOf(QuarantineFile file) {
        String from = file.key().substring(file.key().indexOf("reason=") + 7);
        return RejectionReason.ofCode(from.substring(0, from.indexOf('/')));
    }

    private static QuarantineRecord rejected(
            String shard, String sequence, int index, RejectionReason reason, Instant arrivedAt) {
        return new QuarantineRecord(
                new QuarantineId("sluice-raw", shard, sequence, index).toString(),
                "validator",
                reason,
                "message",
                List.of(),
                null,
                null,
                null,
                arrivedAt,
                new byte[] {(byte) index, (byte) 0xFF},
                null);
    }
}
