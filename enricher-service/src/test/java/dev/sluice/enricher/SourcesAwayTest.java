package dev.sluice.enricher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contracts.event.Receipt;
import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.enricher.process.geo.CachedGeoLookup;
import dev.sluice.enricher.process.geo.GeoDatabases;
import dev.sluice.enricher.process.geo.GeoFixtures;
import dev.sluice.runtime.memory.MemoryIdentityStore;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;

/// Places and ids go away while events come, and come back: the line goes on, events say what they
/// lack, and a replay gives it to them.
class SourcesAwayTest {

    private static final List<Day.Sent> EVENTS = new Day(3).sent().subList(0, 900);
    private static final GeoDatabases THERE =
            GeoFixtures.databases(GeoFixtures.open(GeoFixtures.CITY));
    private static final GeoDatabases NONE = GeoFixtures.databases();

    private final AtomicReference<GeoDatabases> places = new AtomicReference<>(THERE);
    private final MemoryIdentityStore ids = new MemoryIdentityStore();

    @Test
    void theLineGoesOnWithMarksAndAReplayFillsThemIn() {
        PipelineRig rig = rig();
        send(rig, 0, 300);
        places.set(NONE);
        ids.goAway();
        int calls = ids.calls();
        send(rig, 300, 600);
        int callsWhileAway = ids.calls() - calls;
        ids.heal();
        places.set(THERE);
        send(rig, 600, 900);
        Map<String, JsonNode> first = sections(rig);
        ids.heal();
        PipelineRig replay = rig();
        send(replay, 0, 900);
        Map<String, JsonNode> again = sections(replay);

        assertThat(first).hasSize(EVENTS.size());
        assertThat(callsWhileAway).as("each batch once").isBetween(1, 15);
        for (int i = 0; i < EVENTS.size(); i++) {
            JsonNode then = Objects.requireNonNull(first.get(EVENTS.get(i).id()));
            JsonNode now = Objects.requireNonNull(again.get(EVENTS.get(i).id()));
            boolean away = i >= 300 && i < 600;
            if (away) {
                assertThat(then.path("enrichments_skipped").asString()).isEqualTo("geo");
                assertThat(then.has("geo")).isFalse();
            } else {
                assertThat(then.has("enrichments_skipped")).isFalse();
                assertThat(then.has("enrichments_failed")).isFalse();
            }
            assertThat(then.has("person_id")).as("its own at least").isTrue();
            assertThat(then.has("session")).isTrue();
            assertThat(now.has("enrichments_failed")).isFalse();
            assertThat(now.path("enrichments_applied").asString())
                    .isEqualTo("identity,device,geo,traffic,lateness,session");
            assertThat(now.at("/geo/country").asString())
                    .isEqualTo(EVENTS.get(i).truth().place().country());
        }
        assertThat(first.values().stream().map(one -> one.path("enrichments_failed").asString("")))
                .contains("identity")
                .containsOnly("", "identity");
    }

    /// Of a process with nothing in its caches.
    private PipelineRig rig() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        return new PipelineRig(
                Fixtures.enrichments(
                        Fixtures.identity(ids, meters),
                        new CachedGeoLookup(places::get, 100, meters)),
                1 << 20,
                20);
    }

    private static void send(PipelineRig rig, int from, int to) {
        rig.now = EVENTS.get(to - 1).receivedTs().plusSeconds(1);
        rig.feedEach(
                EVENTS.subList(from, to).stream()
                        .map(Day.Sent::event)
                        .toArray(SectionedEvent[]::new));
        rig.consumer.runUntilIdle();
    }

    private static Map<String, JsonNode> sections(PipelineRig rig) {
        Map<String, JsonNode> sections = new TreeMap<>();
        for (SectionedEvent event : rig.published()) {
            sections.put(
                    Receipt.decode(event.receipt()).eventId().value(),
                    JsonMapper.shared().readTree(event.requireEnrichment().toArray()));
        }
        return sections;
    }
}
