package dev.sluice.runtime.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.runtime.failure.SetupFailure;
import dev.sluice.runtime.memory.MemoryIdentityStore;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

class PersonGraphTest {

    private static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");

    private final MemoryIdentityStore store = new MemoryIdentityStore();
    private final PersonGraph graph = new PersonGraph(store, 3);
    private int second;

    @Test
    void nobodyHasNoIds() {
        assertThat(graph.idsOf(List.of("ann"))).isEqualTo(new PersonIds(List.of(), List.of()));
    }

    @Test
    void findsDevicesAndAliasesOfAUserOverSeveralSteps() {
        link("phone", "ann");
        link("pad", "old");
        link("old", "ann");
        link("other", "bob");

        assertThat(theirs("ann")).containsExactlyInAnyOrder("ann", "phone", "old", "pad");
    }

    @Test
    void findsTheUserThatAnAliasNamesAndWhatThatOneHas() {
        link("phone", "new");
        link("old", "new");

        assertThat(theirs("old")).containsExactly("old", "new", "phone");
    }

    @Test
    void leavesAndNamesIdsThatOthersHadToo() {
        link("phone", "ann");
        link("till", "ann");
        link("till", "bob");

        assertThat(theirs("ann")).containsExactlyInAnyOrder("ann", "phone");
        assertThat(graph.idsOf(List.of("ann")).shared())
                .extracting(each -> each.ref().id())
                .containsExactly("till");
    }

    @Test
    void anIdThatHadTwoUsersWhoAreOneIsTheirs() {
        link("phone", "old");
        link("phone", "ann");
        link("old", "ann");

        assertThat(theirs("ann")).containsExactlyInAnyOrder("ann", "old", "phone");
    }

    @Test
    void takesACircleAsOnePerson() {
        link("a", "b");
        link("b", "a");

        assertThat(theirs("a")).containsExactly("a", "b");
    }

    @Test
    void doesNotFollowAUserWhoBelongedToSeveral() {
        link("old", "ann");
        link("old", "bob");

        assertThat(theirs("old")).containsExactly("old");
    }

    @Test
    void removesThePersonAndItsLinksOfSharedIds() {
        link("phone", "ann");
        link("till", "bob");
        link("till", "ann");

        graph.remove(graph.idsOf(List.of("ann")));

        assertThat(store.all()).containsOnlyKeys("till", "bob");
        assertThat(till().links().persons()).containsExactly("bob");
    }

    @Test
    void doesNotMakeASharedIdTheOthersAgain() {
        for (String user : List.of("ann", "bob", "cid", "dan")) {
            link("till", user);
        }

        graph.remove(graph.idsOf(List.of("ann")));

        assertThat(till().links().persons()).hasSize(4);
    }

    @Test
    void goesOnFromTheFirstWhenARemovalWasInterrupted() {
        link("phone", "old");
        link("old", "ann");
        List<Identity> theirs = graph.idsOf(List.of("ann")).theirs();
        assertThat(theirs)
                .extracting(each -> each.ref().id())
                .containsExactly("ann", "old", "phone");
        store.failAfter(5 + 2);

        assertThatThrownBy(() -> graph.remove(graph.idsOf(List.of("ann"))))
                .hasMessageContaining("away");
        store.heal();
        assertThat(store.all()).isNotEmpty().containsKey("ann");
        graph.remove(graph.idsOf(List.of("ann")));

        assertThat(store.all()).isEmpty();
    }

    @Test
    void refusesWhatIsHardlyOnePerson() {
        List<NewLink> links = new ArrayList<>();
        for (int i = 0; i <= 10_000; i++) {
            links.add(new NewLink(ref("d" + i), ref("ann"), new Link(NOON, "ann", "e")));
        }
        store.link(links, 20_000, Duration.ofSeconds(9));

        assertThatThrownBy(() -> graph.idsOf(List.of("ann")))
                .isInstanceOf(SetupFailure.class)
                .hasMessageContaining("hardly one person");
    }

    private Identity till() {
        return Objects.requireNonNull(store.all().get("till"));
    }

    private List<String> theirs(String from) {
        return graph.idsOf(List.of(from)).theirs().stream().map(each -> each.ref().id()).toList();
    }

    private void link(String from, String to) {
        second++;
        Link link = new Link(NOON.plusSeconds(second), to, "e" + second);
        store.link(List.of(new NewLink(ref(from), ref(to), link)), 100, Duration.ofSeconds(9));
    }

    private static IdRef ref(String id) {
        return new IdRef(id, "shop", "user_id", id);
    }
}
