package dev.sluice.runtime.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/// What every store of ids does.
abstract class IdentityStoreKit {

    static final Instant NOON = Instant.parse("2026-11-30T12:00:00.000001Z");
    static final Duration TIME = Duration.ofSeconds(10);
    static final IdRef PHONE = id("phone", "anonymous_id");
    static final IdRef ANN = id("ann", "user_id");
    static final IdRef BOB = id("bob", "user_id");

    private static final int MANY = 100;

    IdentityStore store;

    abstract IdentityStore store();

    @BeforeEach
    void open() {
        store = store();
    }

    @Test
    void knowsNothingAtFirst() {
        assertThat(store.find(List.of(PHONE.person(), ANN.person()), TIME)).isEmpty();
        assertThat(store.find(List.of(), TIME)).isEmpty();
    }

    @Test
    void keepsALinkOnBothSides() {
        Link link = link(ANN, 0, "event 1");

        assertThat(link(new NewLink(PHONE, ANN, link))).isEqualTo(linked(link));

        assertThat(find(PHONE, ANN))
                .containsOnly(
                        Map.entry(
                                PHONE.person(),
                                new Identity(PHONE, LinkHistory.of(List.of(link)), Set.of())),
                        Map.entry(
                                ANN.person(),
                                new Identity(ANN, LinkHistory.NONE, Set.of(PHONE.person()))));
    }

    @Test
    void makingALinkAgainChangesNothing() {
        NewLink once = new NewLink(PHONE, ANN, link(ANN, 0, "e1"));
        link(once);
        Map<String, Identity> before = find(PHONE, ANN);

        assertThat(link(once)).isEqualTo(linked(once.link()));

        assertThat(find(PHONE, ANN)).isEqualTo(before);
    }

    @Test
    void keepsEveryLinkOfAnId() {
        Link first = link(ANN, 0, "e1");
        Link second = link(BOB, 60, "e2");
        Link between = link(BOB, 30, "e3");

        link(new NewLink(PHONE, ANN, first));
        link(new NewLink(PHONE, BOB, second));

        assertThat(link(new NewLink(PHONE, BOB, between)))
                .isEqualTo(linked(first, between, second));
        assertThat(find(ANN, BOB).values())
                .extracting(Identity::members)
                .containsOnly(Set.of(PHONE.person()));
    }

    @Test
    void nothingIsLostWhenManyWriteAtOnce() {
        List<CompletableFuture<Void>> writers =
                IntStream.range(0, 4)
                        .mapToObj(
                                writer ->
                                        CompletableFuture.runAsync(
                                                () -> {
                                                    for (int i = 0; i < 5; i++) {
                                                        IdRef user = writer % 2 == 0 ? ANN : BOB;
                                                        String event = writer + "/" + i;
                                                        Link made = link(user, i, event);
                                                        link(new NewLink(PHONE, user, made));
                                                    }
                                                }))
                        .toList();
        writers.forEach(CompletableFuture::join);

        assertThat(one(PHONE).links().links())
                .hasSize(20)
                .isSorted()
                .extracting(Link::eventId)
                .doesNotHaveDuplicates();
    }

    @Test
    void aPersonTakesNoMoreIdsThanItMayHaveAndKeepsThoseItHas() {
        for (int i = 0; i < 2; i++) {
            link(new NewLink(device(i), ANN, link(ANN, i, "e" + i)), 2);
        }

        assertThat(link(new NewLink(PHONE, ANN, link(ANN, 9, "e9")), 2))
                .isInstanceOf(LinkOutcome.PersonFull.class);
        assertThat(find(PHONE)).isEmpty();
        assertThat(link(new NewLink(device(0), ANN, link(ANN, 9, "e9")), 2))
                .as("an id it has")
                .isInstanceOf(LinkOutcome.Linked.class);
    }

    @Test
    void anIdTakesNoMoreLinksThanItMayHave() {
        List<NewLink> links = new ArrayList<>();
        for (int i = 0; i < LinkHistory.MOST_LINKS; i++) {
            links.add(new NewLink(PHONE, ANN, link(ANN, i, "e" + i)));
        }
        assertThat(store.link(links, MANY, TIME))
                .hasSize(LinkHistory.MOST_LINKS)
                .hasOnlyElementsOfType(LinkOutcome.Linked.class);

        assertThat(link(new NewLink(PHONE, BOB, link(BOB, 99, "e99"))))
                .isInstanceOf(LinkOutcome.IdFull.class);
        assertThat(link(links.getFirst())).isInstanceOf(LinkOutcome.Linked.class);
    }

    @Test
    void findsMoreThanACallCanAskFor() {
        List<NewLink> links =
                IntStream.range(0, 130)
                        .mapToObj(i -> new NewLink(device(i), ANN, link(ANN, i, "e" + i)))
                        .toList();
        store.link(links, 1_000, TIME);

        assertThat(store.find(links.stream().map(each -> each.from().person()).toList(), TIME))
                .hasSize(130);
        assertThat(one(ANN).members()).hasSize(130);
    }

    @Test
    void takesLinksAwayAndLeavesTheOthers() {
        Link hers = link(ANN, 0, "e1");
        Link his = link(BOB, 60, "e2");
        link(new NewLink(PHONE, ANN, hers));
        link(new NewLink(PHONE, BOB, his));

        store.unlink(PHONE.person(), List.of(hers));
        store.unlink(PHONE.person(), List.of(hers));
        store.unlink("unknown", List.of(hers));

        assertThat(one(PHONE).links().links()).containsExactly(his);
        assertThat(store.find(List.of("unknown"), TIME)).isEmpty();
        store.unlink(PHONE.person(), List.of(his));
        assertThat(one(PHONE).links()).isEqualTo(LinkHistory.NONE);
    }

    @Test
    void removesIds() {
        link(new NewLink(PHONE, ANN, link(ANN, 0, "e1")));

        store.remove(List.of(PHONE.person(), "unknown"));
        assertThat(find(PHONE, ANN)).containsOnlyKeys(ANN.person());
        store.remove(List.of(PHONE.person(), ANN.person()));
        assertThat(find(PHONE, ANN)).isEmpty();
    }

    LinkOutcome link(NewLink link) {
        return link(link, MANY);
    }

    private LinkOutcome link(NewLink link, int mostIds) {
        return store.link(List.of(link), mostIds, TIME).getFirst();
    }

    Identity one(IdRef id) {
        return Objects.requireNonNull(find(id).get(id.person()));
    }

    Map<String, Identity> find(IdRef... ids) {
        return store.find(List.of(ids).stream().map(IdRef::person).toList(), TIME);
    }

    static LinkOutcome linked(Link... links) {
        return new LinkOutcome.Linked(LinkHistory.of(List.of(links)));
    }

    static Link link(IdRef to, int seconds, String event) {
        return new Link(NOON.plusSeconds(seconds), to.person(), event);
    }

    static IdRef device(int number) {
        return id("device " + number, "anonymous_id");
    }

    private static IdRef id(String value, String kind) {
        return new IdRef("key-of-" + value.replace(' ', '-'), "shop", kind, value);
    }
}
