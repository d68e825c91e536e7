package dev.sluice.enricher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contracts.derived.SessionChange;
import dev.sluice.contracts.event.Bytes;
import dev.sluice.contracts.event.Receipt;
import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.enricher.process.geo.CachedGeoLookup;
import dev.sluice.enricher.process.geo.GeoFixtures;
import dev.sluice.enricher.process.geo.GeoLookup;
import dev.sluice.runtime.stream.ShardId;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// A day whose truth is known comes out as it is, and the same again whatever happens on the way.
class DayTest {

    private static final Day DAY = new Day(20_261_120);
    private static final GeoLookup PLACES =
            new CachedGeoLookup(
                    () -> GeoFixtures.databases(GeoFixtures.open(GeoFixtures.CITY)),
                    100,
                    new SimpleMeterRegistry());
    private static final Duration STEP = Duration.ofMinutes(7);

    @Test
    void comesOutEqualToTheTruth() {
        PipelineRig rig = run(null);
        Map<String, JsonNode> sections = sections(rig);

        assertThat(sections).hasSize(DAY.sent().size()).hasSizeGreaterThan(2000);
        Map<String, String> sessions = new HashMap<>();
        Map<String, String> persons = new HashMap<>();
        for (Day.Sent sent : DAY.sent()) {
            JsonNode section = Objects.requireNonNull(sections.get(sent.id()));
            Day.Truth truth = sent.truth();
            assertThat(section.at("/device/class").asString(""))
                    .as(sent.id())
                    .isEqualTo(truth.agent().deviceClass());
            assertThat(section.at("/device/is_bot").asBoolean()).isEqualTo(truth.agent().bot());
            assertThat(section.at("/session/index").asInt())
                    .as(sent.id())
                    .isEqualTo(truth.session());
            assertThat(section.at("/geo/country").asString()).isEqualTo(truth.place().country());
            if (sent.id().endsWith("/0")) {
                assertThat(section.at("/traffic/channel").asString())
                        .as(sent.id())
                        .isEqualTo(truth.arrival().channel());
            }
            isTheSame(
                    sessions,
                    truth.device() + "/" + truth.session(),
                    section.at("/session/id").asString());
            isTheSame(persons, truth.person(), section.path("person_id").asString());
        }
    }

    @Test
    void sessionsEndUpEqualToTheTruth() {
        Map<String, SessionChange> reported =
                run(null).sessions().values().stream()
                        .collect(
                                Collectors.toMap(
                                        change ->
                                                change.anonymousId() + "/" + change.sessionIndex(),
                                        change -> change));

        assertThat(reported).hasSize(DAY.sessions().size());
        for (Day.Session session : DAY.sessions()) {
            SessionChange change =
                    Objects.requireNonNull(reported.get(session.device() + "/" + session.index()));
            assertThat(
                            new Day.Session(
                                    session.device(),
                                    change.sessionIndex(),
                                    change.startedAt(),
                                    change.endedAt(),
                                    change.events(),
                                    change.pages(),
                                    change.conversions(),
                                    String.valueOf(change.entryPage()),
                                    String.valueOf(change.exitPage())))
                    .isEqualTo(session);
            assertThat(change.closed()).isTrue();
        }
    }

    @Test
    void givesTheSameBytesAcrossCrashesAndAReshard() {
        Map<String, Bytes> undisturbed = enriched(run(null));

        for (int seed = 1; seed <= 3; seed++) {
            assertThat(enriched(run(new Random(seed)))).isEqualTo(undisturbed);
        }
    }

    /// Two names mean the same if and only if the ids that they were given do.
    private static void isTheSame(Map<String, String> known, String name, String id) {
        String before = known.putIfAbsent(name, id);
        if (before == null) {
            assertThat(known.values().stream().filter(id::equals)).as(name).hasSize(1);
        } else {
            assertThat(id).as(name).isEqualTo(before);
        }
    }

    /// The whole day, a few minutes at a time, and an hour after it for sessions to end.
    ///
    /// @param trouble kills the process now and then, before a checkpoint, and splits the shard at
    ///     noon; null for none
    private static PipelineRig run(@Nullable Random trouble) {
        PipelineRig rig =
                new PipelineRig(Fixtures.enrichments(Fixtures.identity(), PLACES), 1 << 20, 20);
        List<Day.Sent> sent = DAY.sent();
        Instant from = sent.getFirst().receivedTs();
        boolean split = false;
        int next = 0;
        while (next < sent.size()) {
            from = from.plus(STEP);
            rig.now = from;
            int first = next;
            while (next < sent.size() && sent.get(next).receivedTs().isBefore(from)) {
                next++;
            }
            rig.feedEach(
                    sent.subList(first, next).stream()
                            .map(Day.Sent::event)
                            .toArray(SectionedEvent[]::new));
            boolean dies = trouble != null && trouble.nextInt(6) == 0;
            if (dies) {
                rig.consumer.holdCheckpoints();
            }
            rig.consumer.runUntilIdle();
            if (dies) {
                rig.consumer.crash();
                rig.consumer.resumeCheckpoints();
                rig.consumer.start();
                rig.consumer.runUntilIdle();
            }
            if (trouble != null && !split && next > sent.size() / 2) {
                ShardId shard = rig.streams.shards(PipelineRig.VALID).getFirst().id();
                rig.streams.split(PipelineRig.VALID, shard);
                split = true;
            }
        }
        rig.now = from.plus(Duration.ofHours(1));
        rig.consumer.tick();
        return rig;
    }

    private static Map<String, JsonNode> sections(PipelineRig rig) {
        Map<String, JsonNode> sections = new TreeMap<>();
        enriched(rig)
                .forEach(
                        (id, section) ->
                                sections.put(id, JsonMapper.shared().readTree(section.toArray())));
        return sections;
    }

    /// By event id; what a crash sent again must be the same.
    private static Map<String, Bytes> enriched(PipelineRig rig) {
        Map<String, Bytes> sections = new TreeMap<>();
        for (SectionedEvent event : rig.published()) {
            Bytes before =
                    sections.putIfAbsent(
                            Receipt.decode(event.receipt()).eventId().value(),
                            event.requireEnrichment());
            if (before != null) {
                assertThat(event.requireEnrichment()).isEqualTo(before);
            }
        }
        return sections;
    }
}
