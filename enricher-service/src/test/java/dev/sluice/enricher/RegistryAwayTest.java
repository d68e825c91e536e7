package dev.sluice.enricher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contracts.event.Bytes;
import dev.sluice.contracts.event.CheckedFacts;
import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.contracts.pii.EventRules;
import dev.sluice.contracts.schema.ContractCatalog;
import dev.sluice.runtime.memory.MemoryObjectStore;
import dev.sluice.runtime.reference.Reference;
import dev.sluice.runtime.reference.ReferenceTiming;
import dev.sluice.runtime.reference.StoredFiles;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// The registry of contracts goes away while events come, and comes back with newer contracts: the
/// line goes on by the last ones, and a replay redacts by the new ones.
class RegistryAwayTest {

    private static final String ANSWER = "I was in hospital, mail eva@mail.example";
    private static final String SCRUBBED = "I was in hospital, mail [email]";

    private final MemoryObjectStore objects = new MemoryObjectStore();
    private final StoredFiles published = new StoredFiles(objects, "contracts/");
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private Instant now = Fixtures.NOW;

    @Test
    void theLineGoesOnByTheLastContractsAndAReplayGivesWhatTheNewOnesSay() {
        published.publish(ContractCatalog.bundledFiles());
        publish("survey", "1-0-0", "answer");
        Reference<EventRules> contracts = load();
        SectionedEvent known = event("1", "survey", "1-0-0");
        SectionedEvent newer = event("2", "survey", "1-0-1");
        SectionedEvent unknown = event("3", "poll", "1-0-0");
        PipelineRig rig = rig(contracts);

        objects.faults().goAway();
        now = now.plusSeconds(400);
        contracts.refresh();
        assertThat(contracts.health().up()).isTrue();
        assertThat(contracts.health().why()).contains("s3://memory/contracts/", "away");
        assertThat(age()).isEqualTo(400);
        send(rig, known, newer, unknown);

        assertThat(properties(rig)).hasSize(3);
        assertThat(properties(rig).get(0)).isEqualTo(json("null", "'" + SCRUBBED + "'"));
        assertThat(properties(rig).get(1))
                .as("nothing that is known to be personal passes in a newer version")
                .isEqualTo(json("null", "'" + SCRUBBED + "'"));
        assertThat(properties(rig).get(2))
                .as("of a type that is not known, what is found and what names tell goes")
                .isEqualTo(json("'" + SCRUBBED + "'", "'" + SCRUBBED + "'"));
        assertThat(rig.count("published")).isEqualTo(3);

        objects.faults().heal();
        publish("survey", "1-0-1", "answer", "remark");
        publish("poll", "1-0-0", "remark");
        contracts.refresh();
        assertThat(contracts.health().why()).isEmpty();
        assertThat(age()).isZero();
        send(rig, event("4", "poll", "1-0-0"));
        assertThat(properties(rig).getLast()).isEqualTo(json("'" + SCRUBBED + "'", "null"));

        PipelineRig replay = rig(contracts);
        send(replay, known, newer, unknown);
        assertThat(properties(replay))
                .containsExactly(
                        json("null", "'" + SCRUBBED + "'"),
                        json("null", "null"),
                        json("'" + SCRUBBED + "'", "null"));
    }

    private Reference<EventRules> load() {
        return Reference.load(
                "contracts",
                published,
                files -> new EventRules(ContractCatalog.of(published.place(), files)),
                new ReferenceTiming(Duration.ofSeconds(10), Duration.ZERO, Duration.ZERO),
                () -> now,
                meters);
    }

    private double age() {
        return meters.get("sluice.reference.age")
                .tag("name", "contracts")
                .timeGauge()
                .value(TimeUnit.SECONDS);
    }

    private static PipelineRig rig(Reference<EventRules> contracts) {
        return new PipelineRig(Fixtures.enrichments(), Fixtures.redaction(contracts), 1 << 20, 100);
    }

    private static void send(PipelineRig rig, SectionedEvent... events) {
        rig.feedEach(events);
        rig.consumer.runUntilIdle();
        rig.assertBalanced();
    }

    private static List<JsonNode> properties(PipelineRig rig) {
        return rig.published().stream()
                .map(event -> JsonMapper.shared().readTree(event.body().toArray()))
                .map(body -> body.path("properties"))
                .toList();
    }

    private static JsonNode json(String answer, String remark) {
        String text = "{'answer':%s,'remark':%s}".formatted(answer, remark);
        return JsonMapper.shared().readTree(text.replace('\'', '"'));
    }

    private static SectionedEvent event(String id, String type, String version) {
        String body =
                "{\"event_type\":\"%1$s\",\"properties\":{\"answer\":\"%2$s\",\"remark\":\"%2$s\"}}"
                        .formatted(type, ANSWER);
        CheckedFacts facts =
                new CheckedFacts(
                        type,
                        null,
                        version,
                        Fixtures.NOW,
                        null,
                        null,
                        "device",
                        null,
                        null,
                        null,
                        null);
        return SectionedEvent.received(Fixtures.receipt(id).encode(), Bytes.utf8(body))
                .withChecked(facts.encode());
    }

    /// @param dropped fields that the contract knows, and wants dropped
    private void publish(String type, String version, String... dropped) {
        StringBuilder fields = new StringBuilder();
        for (String field : dropped) {
            fields.append(fields.isEmpty() ? "" : ",")
                    .append(
                            """
                            "%s": {"type": "string", "description": "What was said.",
                             "maxLength": 64, "x-pii": "drop", "x-since": "1-0-0"}"""
                                    .formatted(field));
        }
        String contract =
                """
                {"$schema": "https://json-schema.org/draft/2020-12/schema",
                 "$id": "urn:sluice:contract:%s:%s", "title": "Answer",
                 "description": "Somebody answered.",
                 "x-owner": {"team": "a", "contact": "a@example.com"}, "type": "object",
                 "properties": {%s}, "additionalProperties": true, "examples": [{}]}"""
                        .formatted(type, version, fields);
        published.publish(Map.of(type + "/" + version + ".json", Bytes.utf8(contract).toArray()));
    }
}
