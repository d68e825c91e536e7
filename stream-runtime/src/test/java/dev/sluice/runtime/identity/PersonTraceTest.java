package dev.sluice.runtime.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

class PersonTraceTest {

    private static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");
    private static final int MOST_PERSONS = 3;

    private final Map<String, LinkHistory> links = new HashMap<>();

    @Test
    void anIdThatNothingLinksIsItsOwnPerson() {
        assertThat(person("a", 0)).isEqualTo("a");
    }

    @Test
    void aLinkHoldsFromItsMomentOn() {
        link("a", "u", 10);

        assertThat(person("a", 9)).isEqualTo("a");
        assertThat(person("a", 10)).isEqualTo("u");
    }

    @Test
    void aLaterLinkTakesThePlaceOfAnEarlierAndLeavesWhatWas() {
        link("a", "u", 10);
        link("a", "v", 20);

        assertThat(person("a", 15)).isEqualTo("u");
        assertThat(person("a", 20)).isEqualTo("v");
    }

    @Test
    void followsAChainEachLinkFromItsMomentOn() {
        link("a", "u", 10);
        link("u", "v", 20);

        assertThat(person("a", 15)).isEqualTo("u");
        assertThat(person("a", 25)).isEqualTo("v");
    }

    @Test
    void everyIdOfACircleIsTheSamePerson() {
        link("c", "b", 1);
        link("b", "d", 2);
        link("d", "c", 3);
        link("a", "d", 4);

        assertThat(List.of("a", "b", "c", "d")).allMatch(id -> person(id, 9).equals("b"));
        assertThat(person("b", 2)).isEqualTo("d");
    }

    @Test
    void aChainIsFollowedForEightSteps() {
        for (int i = 0; i < 12; i++) {
            link("n" + i, "n" + (i + 1), i);
        }

        assertThat(trace("n4", 99)).isEqualTo(new PersonTrace("n12", false));
        assertThat(trace("n3", 99)).isEqualTo(new PersonTrace("n11", true));
        assertThat(trace("n0", 99)).isEqualTo(new PersonTrace("n8", true));
    }

    @Test
    void anIdOfMorePersonsThanOneCanBeTellsNobodyFromThenOn() {
        for (int i = 0; i <= MOST_PERSONS; i++) {
            link("a", "u" + i, i);
        }

        assertThat(person("a", 2)).isEqualTo("u2");
        assertThat(person("a", 3)).isEqualTo("a");
        assertThat(person("a", 99)).isEqualTo("a");
    }

    @Test
    void twoPersonsMayTakeTurnsUntilTheLinksAreTooMany() {
        for (int i = 0; i < LinkHistory.MOST_LINKS; i++) {
            link("a", "u" + i % 2, i);
        }

        assertThat(person("a", LinkHistory.MOST_LINKS - 2)).isEqualTo("u0");
        assertThat(person("a", LinkHistory.MOST_LINKS - 1)).isEqualTo("a");
    }

    @Test
    void linksOfOneMomentHaveOneOrder() {
        Link one = new Link(NOON, "u", "e1");
        Link other = new Link(NOON, "v", "e2");

        assertThat(LinkHistory.of(List.of(one, other)))
                .isEqualTo(LinkHistory.of(List.of(other, one, one)))
                .extracting(history -> history.at(NOON, MOST_PERSONS))
                .isEqualTo(other);
    }

    @Test
    void saysWhenALinkThatDecidesIsNotKnown() {
        link("a", "u", 10);

        assertThat(
                        PersonTrace.of(
                                "a",
                                NOON.plusSeconds(10),
                                MOST_PERSONS,
                                id -> id.equals("u") ? null : links.get(id)))
                .isNull();
    }

    private void link(String from, String to, int second) {
        Link link = new Link(NOON.plusSeconds(second), to, "e" + second);
        links.merge(from, LinkHistory.of(List.of(link)), (all, _) -> all.plus(link));
    }

    private String person(String from, int second) {
        return trace(from, second).person();
    }

    private PersonTrace trace(String from, int second) {
        return Objects.requireNonNull(
                PersonTrace.of(
                        from,
                        NOON.plusSeconds(second),
                        MOST_PERSONS,
                        id -> links.getOrDefault(id, LinkHistory.NONE)));
    }
}
