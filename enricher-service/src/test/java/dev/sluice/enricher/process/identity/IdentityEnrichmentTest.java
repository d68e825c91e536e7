package dev.sluice.enricher.process.identity;

import static dev.sluice.enricher.process.identity.Shop.alias;
import static dev.sluice.enricher.process.identity.Shop.device;
import static dev.sluice.enricher.process.identity.Shop.event;
import static dev.sluice.enricher.process.identity.Shop.links;
import static dev.sluice.enricher.process.identity.Shop.persons;
import static dev.sluice.enricher.process.identity.Shop.run;
import static dev.sluice.enricher.process.identity.Shop.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.sluice.contracts.derived.IdentityLink;
import dev.sluice.enricher.Fixtures;
import dev.sluice.enricher.process.Enriching;
import dev.sluice.enricher.process.EventView;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

class IdentityEnrichmentTest {

    private final Shop shop = new Shop();
    private final IdentityEnrichment task = shop.task();

    @Test
    void twoDevicesThatLogInAsOneUserAreOnePerson() {
        assertThat(
                        persons(
                                task,
                                event(0, "phone", null),
                                event(1, "laptop", null),
                                event(2, "phone", "ann"),
                                event(3, "laptop", "ann"),
                                event(4, "phone", null),
                                event(5, "laptop", null),
                                event(6, null, "ann")))
                .containsExactly(
                        device("phone"),
                        device("laptop"),
                        user("ann"),
                        user("ann"),
                        user("ann"),
                        user("ann"),
                        user("ann"));
    }

    @Test
    void anIdIsHashedAndAnotherForEachKind() {
        assertThat(List.of(user("ann"), device("ann")))
                .doesNotHaveDuplicates()
                .allMatch(person -> person.matches("[0-9a-f]{32}"));
    }

    @Test
    void withoutIdsItIsTheSessionsOrTheEventsOwn() {
        assertThat(
                        Enriching.with(task, Fixtures.facts(Fixtures.NOW, "", null, "s-1", null))
                                .path("person_id")
                                .asString())
                .isEqualTo("s-1");
        assertThat(
                        Enriching.with(task, Fixtures.facts(Fixtures.NOW, null, "", "", null))
                                .path("person_id")
                                .asString())
                .isEqualTo("e-1");
        assertThat(shop.store.calls()).as("nothing to ask for").isZero();
    }

    @Test
    void anIdThatStandsForNoneIsNone() {
        assertThat(persons(task, event(0, "phone", "null"), event(1, "undefined", "ann")))
                .containsExactly(device("phone"), user("ann"));
        assertThat(shop.store.all()).isEmpty();
    }

    @Test
    void aLaterUserOfADeviceHasItFromThenOn() {
        run(task, event(0, "phone", "ann"), event(10, "phone", "bob"));

        assertThat(
                        persons(
                                task,
                                event(5, "phone", null),
                                event(15, "phone", null),
                                event(16, "phone", "ann"),
                                event(17, "phone", null)))
                .containsExactly(user("ann"), user("bob"), user("ann"), user("ann"));
    }

    @Test
    void aDeviceOfManyUsersTellsNobody() {
        List<IdentityLink> made =
                links(
                        run(
                                task,
                                event(0, "till", "u0"),
                                event(1, "till", "u1"),
                                event(2, "till", "u2"),
                                event(3, "till", "u3"),
                                event(4, "till", "u4")));

        assertThat(made)
                .extracting(IdentityLink::shared)
                .containsExactly(false, false, false, true);
        assertThat(made.getLast().personId()).isEqualTo(device("till"));
        assertThat(made.getLast().previousPersonId()).isEqualTo(user("u2"));
        assertThat(persons(task, event(5, "till", null), event(6, "till", "u0")))
                .containsExactly(device("till"), user("u0"));
        assertThat(persons(task, event(2, "till", null))).containsExactly(user("u2"));
        assertThat(shop.count("sluice.identity.guarded", "why", "shared")).isEqualTo(2);
    }

    @Test
    void anAliasJoinsADeviceOrAUserToTheUser() {
        run(task, alias(10, "old", "ann"));

        assertThat(
                        persons(
                                task,
                                event(9, "old", null),
                                event(11, "old", null),
                                event(12, null, "old")))
                .containsExactly(device("old"), user("ann"), user("ann"));
    }

    @Test
    void aliasesAreFollowedInAChainAndByOtherTasks() {
        run(task, event(0, "phone", "a"), alias(1, "a", "b"), alias(2, "b", "c"));

        assertThat(persons(shop.task(), event(3, "phone", null), event(3, null, "a")))
                .containsExactly(user("c"), user("c"));
        assertThat(persons(shop.task(), event(1, "phone", null))).containsExactly(user("b"));
    }

    @Test
    void aCircleOfAliasesIsOnePerson() {
        run(task, alias(1, "a", "b"), alias(2, "b", "c"), alias(3, "c", "a"));

        assertThat(
                        persons(
                                shop.task(),
                                event(4, null, "a"),
                                event(4, null, "b"),
                                event(4, null, "c")))
                .containsOnly(
                        List.of(user("a"), user("b"), user("c")).stream()
                                .sorted()
                                .findFirst()
                                .orElseThrow());
    }

    @Test
    void aChainThatIsTooLongEndsSomewhereAndIsCounted() {
        run(
                task,
                IntStream.range(0, 11)
                        .mapToObj(i -> alias(i, "u" + i, "u" + (i + 1)))
                        .toArray(EventView[]::new));

        assertThat(persons(shop.task(), event(20, null, "u0"))).containsExactly(user("u8"));
        assertThat(shop.count("sluice.identity.guarded", "why", "too_deep")).isGreaterThan(0);
    }

    @Test
    void aPersonWithTooManyIdsTakesNoMore() {
        for (int i = 0; i < Shop.MOST_IDS; i++) {
            run(task, event(i, "d" + i, "ann"));
        }

        assertThat(run(task, event(10, "more", "ann"), event(11, "more", null)))
                .allSatisfy(learned -> assertThat(Shop.failed(learned)).isFalse())
                .extracting(Shop::person)
                .containsExactly(user("ann"), device("more"));
        int calls = shop.store.calls();
        assertThat(links(run(task, event(12, "more", "ann")))).isEmpty();
        assertThat(shop.store.calls()).as("not tried again at once").isEqualTo(calls);
        assertThat(shop.count("sluice.identity.guarded", "why", "person_full")).isEqualTo(1);
    }

    @Test
    void aLinkIsWrittenOnceForAPair() {
        run(task, event(0, "phone", "ann"), event(1, "phone", "ann"));
        run(task, event(2, "phone", "ann"));
        run(shop.task(), event(3, "phone", "ann"));

        assertThat(shop.log.lines())
                .containsExactly("a person has an id more", "an id belongs to a person");
        assertThat(shop.count("sluice.identity.links", "result", "linked")).isEqualTo(1);
    }

    @Test
    void tellsWhatALinkChanges() {
        run(task, event(0, "phone", "ann"));

        assertThat(links(run(task, event(1, "phone", "ann"), event(2, "phone", "bob"))))
                .containsExactly(
                        new IdentityLink(
                                "shop",
                                "anonymous",
                                "phone",
                                user("bob"),
                                user("ann"),
                                Shop.NOON.plusSeconds(2),
                                "e 2phonebob",
                                false));
        assertThat(links(run(task, alias(3, "bob", "ann"))))
                .extracting(IdentityLink::idKind, IdentityLink::previousPersonId)
                .containsExactly(tuple("anonymous", device("bob")), tuple("user", user("bob")));
    }

    @Test
    void aWarmSliceAsksForNothing() {
        EventView[] slice = {
            event(0, "phone", "ann"), event(1, "phone", null), event(2, "laptop", null)
        };
        run(task, slice);
        int calls = shop.store.calls();

        run(task, event(3, "phone", "ann"), event(4, "laptop", null));

        assertThat(shop.store.calls()).isEqualTo(calls);
        assertThat(shop.count("sluice.identity.lookups", "result", "hit")).isEqualTo(1);
        assertThat(shop.count("sluice.identity.lookups", "result", "negative")).isEqualTo(2);
    }

    @Test
    void anAliasThatAnotherTaskSawIsKnownWhenTheIdIsAskedForAgain() {
        run(task, event(0, null, "ann"));
        run(shop.task(), alias(1, "ann", "bob"));
        assertThat(persons(task, event(2, null, "ann"))).containsExactly(user("ann"));

        shop.time = Duration.ofSeconds(61);

        assertThat(persons(task, event(3, null, "ann"))).containsExactly(user("bob"));
    }

    @Test
    void tellsTheOwnPersonWhereItIsSwitchedOff() {
        assertThat(Enriching.off(task, event(0, "phone", "ann")).path("person_id").asString())
                .isEqualTo(user("ann"));
        assertThat(Enriching.off(task, event(0, "phone", null)).path("person_id").asString())
                .isEqualTo(device("phone"));
        assertThat(shop.store.calls()).isZero();
    }
}
