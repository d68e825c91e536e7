package dev.sluice.collector.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

class AdmissionTest {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private long nanos;
    private int room = Integer.MAX_VALUE;
    private boolean well = true;
    private final Admission admission =
            new Admission(
                    Duration.ofMillis(500),
                    1000,
                    new Admission.Places() {
                        @Override
                        public int room() {
                            return room;
                        }

                        @Override
                        public boolean well() {
                            return well;
                        }
                    },
                    Duration.ofSeconds(5),
                    () -> nanos,
                    meters);

    @Test
    void letsFewerInWhenTheyGetSlowAndMoreWhenTheyAreFast() throws Exception {
        double first = limit();

        round(Duration.ofSeconds(1));
        double shrunk = limit();
        assertThat(shrunk).isLessThan(first / 2);

        for (int i = 0; i < 10; i++) {
            round(Duration.ofMillis(20));
        }
        assertThat(limit()).isGreaterThan(2 * shrunk);
    }

    @Test
    void neverStopsLettingIn() throws Exception {
        for (int i = 0; i < 20; i++) {
            round(Duration.ofSeconds(2));
        }
        assertThat(limit()).isGreaterThanOrEqualTo(10);
    }

    @Test
    void refusesBeforeAnythingIsReadWhatWouldWait() throws Exception {
        round(Duration.ofMillis(20));
        List<Admission.Turn> turns = enterAll();

        assertThatThrownBy(admission::ask).isInstanceOf(RequestRefusedException.class);
        assertThatThrownBy(admission::enter)
                .isInstanceOfSatisfying(
                        RequestRefusedException.class,
                        refused -> {
                            assertThat(refused.answer().status()).isEqualTo(429);
                            assertThat(refused.answer().headers())
                                    .containsEntry("Retry-After", "5");
                        });
        assertThat(meters.get("sluice.collector.requests.busy").counter().count()).isEqualTo(2);

        turns.getFirst().close();
        admission.ask();
    }

    /// Senders who are told that they are too many would be blamed for an outage.
    @Test
    void doesNotBlameTheSendersWhenNothingIsAnsweredAnyMore() throws Exception {
        round(Duration.ofMillis(20));
        List<Admission.Turn> turns = enterAll();

        nanos += Duration.ofMillis(300).toNanos();
        assertRefusedWith(503);

        turns.getFirst().answered();
        turns.getFirst().close();
        turns.add(admission.enter());
        assertRefusedWith(429);
    }

    /// As those are whose events went to the bucket when the stream had let them wait.
    @Test
    void doesNotBlameTheSendersWhenAllAreAnsweredLate() throws Exception {
        round(Duration.ofMillis(20));
        List<Admission.Turn> turns = enterAll();

        nanos += Duration.ofMillis(600).toNanos();
        turns.forEach(Admission.Turn::answered);
        turns.forEach(Admission.Turn::close);

        enterAll();
        assertRefusedWith(503);
    }

    @Test
    void doesNotBlameTheSendersWhileAPlaceIsAway() throws Exception {
        round(Duration.ofMillis(20));
        enterAll();
        well = false;

        assertRefusedWith(503);
    }

    @Test
    void readsNothingWhileNothingCanBeStored() throws Exception {
        room = 0;
        assertRefusedWith(503);

        room = Integer.MAX_VALUE;
        admission.ask();
    }

    /// Those who asked at the same moment must not all be read and parsed.
    @Test
    void letsAFewInWhileAPlaceIsTriedAgain() throws Exception {
        room = 2;
        for (int i = 0; i < 3; i++) {
            admission.ask();
        }
        Admission.Turn one = admission.enter();
        Admission.Turn other = admission.enter();

        assertThatThrownBy(admission::enter).isInstanceOf(RequestRefusedException.class);
        assertThatThrownBy(admission::ask).isInstanceOf(RequestRefusedException.class);

        one.close();
        other.close();
        admission.ask();
    }

    @Test
    void learnsNothingFromThoseWhoAreTurnedAwayQuickly() throws Exception {
        round(Duration.ofSeconds(1));
        double shrunk = limit();
        for (int i = 0; i < 100; i++) {
            unanswered(Duration.ofMillis(1));
        }
        assertThat(limit()).isEqualTo(shrunk);

        unanswered(Duration.ofSeconds(1));
        assertThat(limit()).isLessThanOrEqualTo(shrunk);
    }

    private void unanswered(Duration each) throws RequestRefusedException {
        List<Admission.Turn> turns = enterAll();
        nanos += each.toNanos();
        turns.forEach(Admission.Turn::close);
    }

    /// As many as are let in, all at once, each taking that long.
    private void round(Duration each) throws RequestRefusedException {
        List<Admission.Turn> turns = enterAll();
        nanos += each.toNanos();
        turns.forEach(Admission.Turn::answered);
        turns.forEach(Admission.Turn::close);
    }

    private List<Admission.Turn> enterAll() throws RequestRefusedException {
        List<Admission.Turn> turns = new ArrayList<>();
        for (int i = (int) limit(); i > 0; i--) {
            admission.ask();
            turns.add(admission.enter());
        }
        return turns;
    }

    private void assertRefusedWith(int status) {
        assertThatThrownBy(admission::ask)
                .isInstanceOfSatisfying(
                        RequestRefusedException.class,
                        refused -> assertThat(refused.answer().status()).isEqualTo(status));
    }

    private double limit() {
        return meters.get("sluice.collector.requests.limit").gauge().value();
    }
}
