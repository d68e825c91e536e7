package dev.sluice.collector.egress.spill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.contracts.event.Bytes;
import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.runtime.failure.TransientFailure;
import dev.sluice.runtime.publish.Keyed;
import dev.sluice.runtime.stream.HashKey;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

class PacedStreamTest {

    private static final long MILLIS = 1_000_000;

    private final AtomicLong now = new AtomicLong();
    private final List<Integer> pieces = new ArrayList<>();
    private final List<Long> rests = new ArrayList<>();
    private long sendingTakes = 10 * MILLIS;

    @Test
    void sendsInPiecesAndRestsThreeTimesAsLongAsEachTook() {
        paced().accept(events(10));

        assertThat(pieces).containsExactly(4, 4, 2);
        assertThat(rests).containsExactly(30 * MILLIS, 30 * MILLIS, 30 * MILLIS);
    }

    @Test
    void givesWayToAStreamThatThrottlesButNotForEver() {
        sendingTakes = 8_000 * MILLIS;

        paced().accept(events(1));

        assertThat(rests).containsExactly(5_000 * MILLIS);
    }

    @Test
    void sendsAPieceLargerThanItsBoundAlone() {
        new PacedStream(events -> pieces.add(events.size()), 1, now::get, rests::add)
                .accept(events(2));

        assertThat(pieces).containsExactly(1, 1);
    }

    @Test
    void givesUpWhenInterrupted() {
        PacedStream interrupted =
                new PacedStream(
                        events -> pieces.add(events.size()),
                        1,
                        now::get,
                        rest -> {
                            throw new InterruptedException();
                        });

        assertThatThrownBy(() -> interrupted.accept(events(2)))
                .isInstanceOf(TransientFailure.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(pieces).containsExactly(1);
    }

    private PacedStream paced() {
        return new PacedStream(
                events -> {
                    pieces.add(events.size());
                    now.addAndGet(sendingTakes);
                },
                4 * event().size(),
                now::get,
                rests::add);
    }

    private static List<Keyed<SectionedEvent>> events(int count) {
        return Collections.nCopies(count, new Keyed<>(HashKey.MIN, event()));
    }

    private static SectionedEvent event() {
        return SectionedEvent.received(Bytes.utf8("{}"), Bytes.utf8("{\"event_type\":\"a\"}"));
    }
}
