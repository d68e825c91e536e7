package dev.sluice.validator.process.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;

class EventClockTest {

    private static final Instant RECEIVED = Instant.parse("2026-11-21T10:00:00Z");

    private final EventClock clock =
            new EventClock(new TimeBounds(Duration.ofHours(24), Duration.ofDays(180)));

    @Test
    void takesTheReceiptForAnEventWithoutATime() {
        assertThat(at(null, null)).isEqualTo(new EventTime.Known(RECEIVED, null, null));
    }

    @Test
    void keepsTheSentTimeOfAnEventWithoutATime() {
        Instant sent = Instant.parse("2020-01-01T00:00:00Z");

        assertThat(at(null, "2020-01-01T00:00:00Z"))
                .isEqualTo(new EventTime.Known(RECEIVED, null, sent));
    }

    @Test
    void believesASenderThatDoesNotSayWhenItSent() {
        Instant event = Instant.parse("2026-11-21T09:59:00.123456Z");

        assertThat(at("2026-11-21T09:59:00.123456Z", null))
                .isEqualTo(new EventTime.Known(event, event, null));
    }

    @Test
    void correctsAClockThatIsTenYearsSlow() {
        assertThat(at("2016-11-21T10:00:00Z", "2016-11-21T10:00:30Z"))
                .isEqualTo(
                        new EventTime.Known(
                                RECEIVED.minusSeconds(30),
                                Instant.parse("2016-11-21T10:00:00Z"),
                                Instant.parse("2016-11-21T10:00:30Z")));
    }

    @Test
    void correctsAClockInAnotherZoneThatIsFast() {
        assertThat(at("2026-11-21T18:00:00+05:30", "2026-11-21T18:00:02+05:30"))
                .isInstanceOfSatisfying(
                        EventTime.Known.class,
                        time -> assertThat(time.eventTs()).isEqualTo(RECEIVED.minusSeconds(2)));
    }

    @Test
    void holdsTheCorrectedTimeAgainstTheBounds() {
        assertThat(at("2026-11-22T10:00:00Z", null)).isInstanceOf(EventTime.Known.class);
        assertThat(at("2026-11-22T10:00:00.000001Z", null))
                .isEqualTo(
                        new EventTime.Impossible("event_ts is more than PT24H after its receipt"));
        assertThat(at("2026-05-25T10:00:00Z", null)).isInstanceOf(EventTime.Known.class);
        assertThat(at("2026-05-25T09:59:59.999999Z", null))
                .isEqualTo(
                        new EventTime.Impossible(
                                "event_ts is more than PT4320H before its receipt"));
        assertThat(at("2026-01-02T00:00:00Z", "2026-01-01T00:00:00Z"))
                .isInstanceOf(EventTime.Known.class);
        assertThat(at("2026-01-03T00:00:00Z", "2026-01-01T00:00:00Z"))
                .isInstanceOf(EventTime.Impossible.class);
    }

    @Test
    void refusesWhatIsNoTime() {
        assertThat(at("2026-12-31T23:59:60Z", null))
                .isEqualTo(new EventTime.Impossible("event_ts is no RFC 3339 time"));
        assertThat(at(null, "yesterday"))
                .isEqualTo(new EventTime.Impossible("sent_ts is no RFC 3339 time"));
    }

    @Test
    void survivesTheEndsOfTime() {
        assertThat(at("0000-01-01T00:00:00Z", "9999-12-31T23:59:59-18:00"))
                .isInstanceOf(EventTime.Impossible.class);
        assertThat(at("9999-12-31T23:59:59-18:00", "0000-01-01T00:00:00+18:00"))
                .isInstanceOf(EventTime.Impossible.class);
    }

    @Test
    void refusesBoundsThatAreNegative() {
        assertThatThrownBy(() -> new TimeBounds(Duration.ofSeconds(-1), Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private EventTime at(@Nullable String event, @Nullable String sent) {
        return clock.at(RECEIVED, event, sent);
    }
}
