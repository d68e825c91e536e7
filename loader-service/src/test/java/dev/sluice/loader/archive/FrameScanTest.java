package dev.sluice.loader.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contracts.event.Bytes;
import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.contracts.subject.SubjectKeys;
import dev.sluice.loader.Fixtures;

import org.junit.jupiter.api.Test;

import java.util.Random;

class FrameScanTest {

    private static final long MINUTE = Fixtures.RECEIVED.getEpochSecond() / 60;

    private final FrameScan scan = new FrameScan(new SubjectKeys(ArchiveRig.SECRET));

    @Test
    void findsWhatEventsAreOfWhichKindAndWhose() {
        FrameContents contents =
                scan.scan(
                        ArchiveRig.frame(
                                event("acme", "1", "{'event_type':'view','user_id':'ann'}"),
                                event("acme", "2", "{'event_type':'view','userId':'ann'}"),
                                event("shop", "3", "{'user_id':'ann','anonymous_id':'d'}"),
                                event("shop", "4", "no json")));

        assertThat(contents.readable()).isTrue();
        assertThat(contents.events())
                .containsOnlyKeys(
                        new EventKind("acme", "view", MINUTE), new EventKind("shop", "", MINUTE))
                .containsValue(2);
        assertThat(contents.eventCount()).isEqualTo(4);
        assertThat(contents.subjects())
                .containsExactlyInAnyOrder(
                        ArchiveRig.user("acme", "ann"),
                        ArchiveRig.user("shop", "ann"),
                        ArchiveRig.device("shop", "d"));
    }

    @Test
    void comesBackFromWhateverBytes() {
        Random random = new Random(3);
        byte[] good = ArchiveRig.frame(event("acme", "1", "{'event_type':'view','user_id':'ann'}"));
        for (int i = 0; i < 20_000; i++) {
            byte[] bad = good.clone();
            bad[random.nextInt(bad.length)] ^= (byte) (1 + random.nextInt(255));
            assertThat(scan.scan(bad).readable()).isFalse();
        }
        assertThat(scan.scan(new byte[0])).isEqualTo(FrameContents.UNREADABLE);
    }

    @Test
    void anEventWithADamagedReceiptLeavesTheOthersFound() {
        FrameContents contents =
                scan.scan(
                        ArchiveRig.frame(
                                SectionedEvent.received(Bytes.utf8("{}"), Bytes.utf8("{}")),
                                event("acme", "1", "{'user_id':'ann'}")));

        assertThat(contents.readable()).isFalse();
        assertThat(contents.eventCount()).isEqualTo(1);
        assertThat(contents.subjects()).containsExactly(ArchiveRig.user("acme", "ann"));
    }

    private static SectionedEvent event(String tenant, String id, String body) {
        return ArchiveRig.event(tenant, id, Fixtures.RECEIVED, body.replace('\'', '"'));
    }
}
