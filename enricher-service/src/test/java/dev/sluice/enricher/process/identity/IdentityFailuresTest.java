package dev.sluice.enricher.process.identity;

import static dev.sluice.enricher.process.identity.Shop.alias;
import static dev.sluice.enricher.process.identity.Shop.device;
import static dev.sluice.enricher.process.identity.Shop.event;
import static dev.sluice.enricher.process.identity.Shop.links;
import static dev.sluice.enricher.process.identity.Shop.persons;
import static dev.sluice.enricher.process.identity.Shop.run;
import static dev.sluice.enricher.process.identity.Shop.user;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contracts.derived.IdentityLink;
import dev.sluice.enricher.process.Enriching.Learned;
import dev.sluice.enricher.process.EventView;
import dev.sluice.runtime.memory.CrashAfterEachEffect;
import dev.sluice.runtime.memory.EffectLog;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The store of ids is away, slow or without answers, a process dies: the line goes on, and a
/// replay of the same events ends where an undisturbed run does.
class IdentityFailuresTest {

    private final Shop shop = new Shop();
    private final IdentityEnrichment task = shop.task();

    @Test
    void aReplayTellsTheSameAsTheFirstRunWhateverCameLater() {
        List<Learned> first = run(task, history());
        run(task, event(100, "phone", "eve"), alias(101, "ann", "eve"));

        assertThat(run(shop.task(), history()).stream().map(Shop::person))
                .containsExactlyElementsOf(first.stream().map(Shop::person).toList());
        assertThat(links(run(shop.task(), history()))).isEqualTo(links(first)).hasSize(4);
    }

    @Test
    void slicesOfOneEventTellTheSameAsOneSlice() {
        List<Learned> one = run(task, history());
        Shop other = new Shop();
        IdentityEnrichment otherTask = other.task();
        List<Learned> each = new ArrayList<>();
        for (EventView event : history()) {
            each.addAll(run(otherTask, event));
        }

        assertThat(each.stream().map(Shop::person))
                .containsExactlyElementsOf(one.stream().map(Shop::person).toList());
        assertThat(links(each)).isEqualTo(links(one));
        assertThat(other.store.all()).isEqualTo(shop.store.all());
    }

    @Test
    void goesOnWithItsOwnPersonWhileTheStoreIsAway() {
        run(task, event(0, "phone", "ann"));
        shop.store.goAway();

        List<Learned> away = run(shop.task(), event(1, "phone", null), event(2, "pad", "bob"));

        assertThat(away).extracting(Shop::person).containsExactly(device("phone"), user("bob"));
        assertThat(away).allMatch(Shop::failed);
        assertThat(links(away)).isEmpty();
        assertThat(shop.count("sluice.identity.lookups", "result", "failed")).isEqualTo(3);

        shop.store.heal();
        List<Learned> replay = run(shop.task(), event(1, "phone", null), event(2, "pad", "bob"));
        assertThat(replay).extracting(Shop::person).containsExactly(user("ann"), user("bob"));
        assertThat(replay).noneMatch(Shop::failed);
        assertThat(links(replay)).extracting(IdentityLink::id).containsExactly("pad");
    }

    @Test
    void whatTheCacheHasIsKnownWhileTheStoreIsAway() {
        run(task, event(0, "phone", "ann"));
        shop.store.goAway();

        List<Learned> away = run(task, event(1, "phone", null), event(2, "pad", null));

        assertThat(away).extracting(Shop::person).containsExactly(user("ann"), device("pad"));
        assertThat(away).extracting(Shop::failed).containsExactly(false, true);
    }

    @Test
    void linksThatCouldNotBeStoredFailTheirEventsAndAReplayStoresThem() {
        EventView[] slice = {
            event(0, "phone", "ann"),
            event(1, "pad", "bob"),
            event(2, "pad", null),
            event(3, "phone", null)
        };
        shop.store.failAfter(2); // the read and the first link

        List<Learned> first = run(task, slice);

        assertThat(first).extracting(Shop::failed).containsExactly(false, true, true, false);
        assertThat(first)
                .extracting(Shop::person)
                .containsExactly(user("ann"), user("bob"), device("pad"), user("ann"));
        shop.store.heal();
        List<Learned> replay = run(shop.task(), slice);
        assertThat(replay).noneMatch(Shop::failed);
        assertThat(replay.get(2)).extracting(Shop::person).isEqualTo(user("bob"));
        assertThat(links(replay)).extracting(IdentityLink::id).containsExactly("phone", "pad");
    }

    @Test
    void aLostAnswerMakesNoSecondLink() {
        shop.store.loseAnswers(1);
        assertThat(run(task, event(0, "phone", "ann"))).allMatch(Shop::failed);

        List<Learned> replay = run(task, event(0, "phone", "ann"));

        assertThat(replay).noneMatch(Shop::failed);
        assertThat(links(replay)).hasSize(1);
        assertThat(shop.log.lines()).hasSize(2);
    }

    @Test
    void asksNoMoreWhenTheTimeForTheSliceIsOver() {
        IdentityEnrichment slow = shop.task();
        run(slow, event(0, "pad", null));
        int calls = shop.store.calls();
        shop.store.onCall(() -> shop.time = shop.time.plusSeconds(3));

        List<Learned> late = run(slow, event(1, "phone", "ann"), event(2, "pad", null));

        assertThat(shop.store.calls()).as("the read, no write").isEqualTo(calls + 1);
        assertThat(late).extracting(Shop::failed).containsExactly(true, false);
    }

    @Test
    void asksNoMoreForAWhileWhenTheStoreHasBeenFailing() {
        shop.store.goAway();
        for (int i = 0; i < 4; i++) {
            run(task, event(i, "phone " + i, null));
        }
        int calls = shop.store.calls();

        assertThat(run(task, event(9, "phone", null))).allMatch(Shop::failed);

        assertThat(shop.store.calls()).isEqualTo(calls);
    }

    @Test
    void twoTasksThatLinkOneDeviceAtOnceKeepBothLinks() {
        IdentityEnrichment other = shop.task();
        run(task, event(0, "phone", null));
        run(other, event(0, "phone", null));

        run(task, event(1, "phone", "ann"));
        run(other, event(2, "phone", "bob"));

        assertThat(persons(shop.task(), event(1, "phone", null), event(2, "phone", null)))
                .containsExactly(user("ann"), user("bob"));
        assertThat(persons(other, event(1, "phone", null)))
                .as("learned from the answer to its own write")
                .containsExactly(user("ann"));
    }

    @Test
    void anEventOfBeforeThatComesLateHasItsPlaceBeforeTheOthers() {
        run(task, event(10, "phone", "ann"));

        List<Learned> late = run(task, event(5, "phone", "bob"), event(6, "phone", null));

        assertThat(late).extracting(Shop::person).containsExactly(user("bob"), user("bob"));
        assertThat(persons(task, event(11, "phone", null))).containsExactly(user("ann"));
    }

    @Test
    void endsUpTheSameWhereverItDies() {
        assertThat(CrashAfterEachEffect.once(World::new)).isEqualTo(8);
        assertThat(CrashAfterEachEffect.twice(World::new)).isGreaterThan(8);
    }

    private static EventView[] history() {
        return new EventView[] {
            event(0, "phone", null),
            event(1, "phone", "ann"),
            event(2, "phone", null),
            alias(3, "old", "ann"),
            event(4, "old", null),
            event(5, "phone", "bob"),
            event(6, "phone", null),
            event(7, null, "old")
        };
    }

    /// A process that enriches what there is from the start, with each restart.
    private static final class World implements CrashAfterEachEffect.World {

        private final Shop shop = new Shop();
        private final Set<IdentityLink> told = new LinkedHashSet<>();
        private List<String> persons = List.of();

        @Override
        public EffectLog log() {
            return shop.log;
        }

        @Override
        public void run() {
            List<Learned> learned = Shop.run(shop.task(), history());
            persons = learned.stream().map(Shop::person).toList();
            told.addAll(links(learned));
        }

        @Override
        public void crash() {}

        @Override
        public Object outcome() {
            return List.of(persons, Set.copyOf(told), shop.store.all());
        }
    }
}
