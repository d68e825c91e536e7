package dev.sluice.enricher.process.session;

import static dev.sluice.enricher.process.session.Visits.NINE;
import static dev.sluice.enricher.process.session.Visits.RULES;
import static dev.sluice.enricher.process.session.Visits.all;
import static dev.sluice.enricher.process.session.Visits.micros;
import static dev.sluice.enricher.process.session.Visits.rules;
import static dev.sluice.enricher.process.session.Visits.time;
import static dev.sluice.enricher.process.session.Visits.visit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.contracts.derived.SessionChange;
import dev.sluice.runtime.stream.HashKey;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

class OpenSessionsTest {

    private final List<SessionChange> reports = new ArrayList<>();
    private OpenSessions sessions = new OpenSessions(RULES);

    @Test
    void anEventWithinTheInactivityContinuesTheSession() {
        Session first = arrive("a", "e1", 0);
        Session second = arrive("a", "e2", 29);
        Session third = arrive("a", "e3", 59);

        assertThat(List.of(second.id(), third.id())).containsOnly(first.id());
        assertThat(third.events()).isEqualTo(3);
        assertThat(third.index()).isEqualTo(1);
    }

    @Test
    void aLongerSilenceBeginsTheNextSessionOfTheDevice() {
        Session first = arrive("a", "e1", 0);
        Session second = arrive("a", "e2", 31);

        assertThat(second.id()).isNotEqualTo(first.id());
        assertThat(second.index()).isEqualTo(2);
        assertThat(second.events()).isEqualTo(1);
    }

    @Test
    void devicesHaveSessionsOfTheirOwn() {
        assertThat(arrive("a", "e1", 0).id()).isNotEqualTo(arrive("b", "e1", 0).id());
    }

    @Test
    void whatComesOutOfOrderJoinsTheSessionItBelongsTo() {
        Session morning = arrive("a", "e1", 0);
        Session noon = arrive("a", "e2", 60);

        Session late = place("a", visit("e3", 20), 61);
        Session early = place("a", visit("e4", 45), 62);

        assertThat(late.id()).isEqualTo(morning.id());
        assertThat(early.id()).as("nearer to noon").isEqualTo(noon.id());
        assertThat(early.startedAt()).isEqualTo(micros(45));
        assertThat(early.index()).isEqualTo(2);
    }

    @Test
    void whatComesAfterTheWatermarkFindsNoSession() {
        arrive("a", "e1", 0);
        arrive("a", "e2", 200);

        assertThat(tryPlace("a", visit("e3", 10), 200)).isNull();
    }

    @Test
    void aSessionIsRememberedForTheWatermarkAfterItsLastEventCame() {
        Session first = arrive("a", "e1", 0);
        arrive("b", "e2", 149);
        Session late = place("a", visit("e3", 10), 149);
        assertThat(late.id()).isEqualTo(first.id());

        arrive("b", "e4", 149 + 151);

        assertThat(sessions.sessions()).as("the last one of b").isEqualTo(1);
    }

    @Test
    void theSdksOwnIdDecides() {
        Session first = place("a", visit("e1", 0, "s1"), 0);
        Session afterLongSilence = place("a", visit("e2", 50, "s1"), 50);
        Session other = place("a", visit("e3", 51, "s2"), 51);
        Session without = place("a", visit("e4", 52), 52);

        assertThat(afterLongSilence.id()).isEqualTo(first.id());
        assertThat(other.id()).isNotEqualTo(first.id());
        assertThat(without.id()).as("the nearest").isEqualTo(other.id());
        assertThat(first.id())
                .isEqualTo(SessionId.ofClient(HashKey.of("shop/a"), "s1"))
                .isNotEqualTo(place("b", visit("e5", 52, "s1"), 52).id());
    }

    @Test
    void aCampaignOrMidnightBeginsASessionOnlyWhereTheRulesSaySo() {
        Visit newsletter = visit("e2", 5, null, "newsletter");
        assertThat(arrive("a", "e1", 0).id()).isEqualTo(place("a", newsletter, 5).id());
        Visit tomorrow = visit("e4", 15 * 60 + 5);
        assertThat(place("b", visit("e3", 15 * 60 - 5), 895).id())
                .isEqualTo(place("b", tomorrow, 905).id());

        sessions = new OpenSessions(rules(true, true, 1000));

        assertThat(arrive("a", "e1", 0).id()).isNotEqualTo(place("a", newsletter, 5).id());
        assertThat(place("b", visit("e3", 15 * 60 - 5), 895).id())
                .isNotEqualTo(place("b", tomorrow, 905).id());
    }

    @Test
    void reportsASessionAsItGrowsAndOnceMoreWhenItEnds() {
        page("a", "e1", 0, "https://shop.example/in");
        page("a", "e2", 2, "https://shop.example/out");
        conversion("a", "e3", 3);
        arrive("b", "e4", 10);
        arrive("b", "e5", 32);
        assertThat(ofA()).last().extracting(SessionChange::closed).isEqualTo(false);
        arrive("b", "e6", 33);

        assertThat(ofA())
                .last()
                .satisfies(
                        change -> {
                            assertThat(change.closed()).isTrue();
                            assertThat(change.events()).isEqualTo(3);
                            assertThat(change.pages()).isEqualTo(2);
                            assertThat(change.conversions()).isEqualTo(1);
                            assertThat(change.startedAt()).isEqualTo(NINE);
                            assertThat(change.endedAt())
                                    .isEqualTo(NINE.plus(Duration.ofMinutes(3)));
                            assertThat(change.entryPage()).isEqualTo("https://shop.example/in");
                            assertThat(change.exitPage()).isEqualTo("https://shop.example/out");
                        });
        int reported = ofA().size();
        arrive("b", "e7", 60);
        assertThat(ofA()).as("nothing has changed").hasSize(reported);
    }

    @Test
    void aLateEventOpensAnEndedSessionAgainWithAHigherRevision() {
        arrive("a", "e1", 0);
        arrive("b", "e2", 31);
        SessionChange ended = ofA().getLast();

        place("a", visit("e3", 4), 40);
        arrive("b", "e4", 45);

        assertThat(ended.closed()).isTrue();
        assertThat(ofA().getLast().revision()).isGreaterThan(ended.revision());
        assertThat(ofA().getLast().sessionId()).isEqualTo(ended.sessionId());
        assertThat(ofA().getLast().closed()).isTrue();
    }

    @Test
    void aClockThatIsAheadKeepsNoSessionOpen() {
        place("a", visit("e1", 600), 0);
        arrive("b", "e2", 31);

        assertThat(ofA()).last().extracting(SessionChange::closed).isEqualTo(true);
    }

    @Test
    void aDeviceThatMakesUpIdsOfSessionsDoesNotGrowAndLosesNoReport() {
        for (int i = 0; i < 100; i++) {
            place("a", visit("e" + i, 0, "made-up-" + i), 0);
        }
        assertThat(sessions.sessions()).isEqualTo(32);
        arrive("b", "e", 2);

        assertThat(ofA().stream().map(SessionChange::sessionId).distinct()).hasSize(100);
    }

    @Test
    void forgetsTheDevicesThatWereNotSeenForTheLongestTimeWhenThereAreTooMany() {
        sessions = new OpenSessions(rules(false, false, 80));
        for (int i = 0; i < 100; i++) {
            place("d" + i, visit("e", i / 60.0), i / 60.0);
        }
        arrive("d99", "e2", 3);

        assertThat(sessions.commit()).isEqualTo(30);
        assertThat(sessions.devices()).isEqualTo(70);
        assertThat(arrive("d99", "e3", 3).events()).isEqualTo(3);
        assertThat(arrive("d0", "e3", 3).events()).isEqualTo(1);
    }

    @Test
    void forgetsADeviceAfterItsTime() {
        arrive("a", "e1", 0);
        arrive("b", "e2", 24 * 60 + 2);

        assertThat(sessions.devices()).isEqualTo(1);
        assertThat(arrive("a", "e3", 24 * 60 + 2).index()).isEqualTo(1);
    }

    @Test
    void whatWasNotCommittedIsForgotten() throws IOException {
        arrive("a", "e1", 0);
        sessions.commit();
        byte[] before = all(sessions);
        arrive("a", "e2", 5);
        arrive("c", "e3", 300);

        assertThatThrownBy(() -> all(sessions)).isInstanceOf(IllegalStateException.class);
        sessions.rollback();

        assertThat(all(sessions)).isEqualTo(before);
        assertThat(sessions.sessions()).isEqualTo(1);
        assertThat(arrive("a", "e2", 5).events()).isEqualTo(2);
    }

    private List<SessionChange> ofA() {
        return reports.stream().filter(change -> "a".equals(change.anonymousId())).toList();
    }

    private Session arrive(String device, String eventId, double minute) {
        return place(device, visit(eventId, minute), minute);
    }

    private void page(String device, String eventId, double minute, String url) {
        Visit visit = visit(eventId, minute);
        place(
                device,
                new Visit(
                        "shop",
                        eventId,
                        visit.at(),
                        device,
                        null,
                        null,
                        null,
                        true,
                        false,
                        url,
                        null,
                        Visit.Traffic.UNKNOWN,
                        null,
                        null,
                        false),
                minute);
    }

    private void conversion(String device, String eventId, double minute) {
        Visit visit = visit(eventId, minute);
        place(
                device,
                new Visit(
                        "shop",
                        eventId,
                        visit.at(),
                        device,
                        null,
                        null,
                        null,
                        false,
                        true,
                        null,
                        null,
                        Visit.Traffic.UNKNOWN,
                        null,
                        null,
                        false),
                minute);
    }

    private Session place(String device, Visit visit, double arrival) {
        Session session = tryPlace(device, visit, arrival);
        assertThat(session).isNotNull();
        return Objects.requireNonNull(session);
    }

    private @Nullable Session tryPlace(String device, Visit visit, double arrival) {
        sessions.advance(time(arrival), reports::add);
        Visit ofDevice =
                new Visit(
                        visit.tenantId(),
                        visit.eventId(),
                        visit.at(),
                        device,
                        visit.userId(),
                        visit.personId(),
                        visit.clientSessionId(),
                        visit.pageView(),
                        visit.conversion(),
                        visit.page(),
                        visit.referrer(),
                        visit.traffic(),
                        visit.deviceClass(),
                        visit.country(),
                        visit.bot());
        return sessions.place(HashKey.of("shop/" + device), ofDevice, reports::add);
    }
}
