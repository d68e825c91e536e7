package dev.sluice.enricher.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.contracts.event.EventSection;
import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.contracts.subject.SubjectKind;
import dev.sluice.contracts.table.Column;
import dev.sluice.contracts.table.ColumnSource;
import dev.sluice.contracts.table.EventsTable;
import dev.sluice.enricher.Fixtures;
import dev.sluice.enricher.process.replay.FreshBatch;
import dev.sluice.runtime.stream.SequenceNumber;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

class EnrichmentSectionTest {

    private static final List<Column> COLUMNS =
            EventsTable.bundled().stagingColumns().stream()
                    .filter(column -> pointerOf(column) != null)
                    .toList();

    @Test
    void holdsWhatWasLearned() {
        JsonNode section = enriched(Fixtures.IPHONE);

        assertThat(at(section, "person_id"))
                .isEqualTo(Fixtures.person(SubjectKind.ANONYMOUS_ID, "a-1"));
        assertThat(at(section, "enriched_ts")).isEqualTo("2026-11-21T10:00:00.000000Z");
        assertThat(at(section, "enrichment_version")).isEqualTo(Enrichments.VERSION);
        assertThat(at(section, "is_late")).isEqualTo("false");
        assertThat(at(section, "device_class")).isEqualTo("phone");
        assertThat(at(section, "device_os")).isEqualTo("iOS");
        assertThat(at(section, "device_os_version")).isEqualTo("18.1");
        assertThat(at(section, "device_browser")).isEqualTo("Mobile Safari");
        assertThat(at(section, "device_browser_version")).isEqualTo("18.1");
        assertThat(at(section, "is_bot")).isEqualTo("false");
        assertThat(at(section, "enrichments_applied")).isEqualTo("identity,device,lateness");
        assertThat(section.has("enrichments_failed")).isFalse();
        assertThat(at(section, "enrichments_skipped")).isEqualTo("geo,traffic");
    }

    @Test
    void leavesOutWhatIsNotKnown() {
        JsonNode section = enriched("curl/8.5.0");

        assertThat(at(section, "device_class")).isEqualTo("other");
        assertThat(at(section, "device_browser")).isEqualTo("curl");
        assertThat(at(section, "device_os")).isEmpty();
    }

    @Test
    void refusesAFieldThatNoColumnTakes() {
        EnrichmentFields fields = new EnrichmentFields(Fixtures.LAYOUT);

        assertThatThrownBy(() -> fields.text("event_id", "x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("event_id");
    }

    @Test
    void namesItsFieldsAsTheTableDoes() {
        Set<String> names = COLUMNS.stream().map(Column::name).collect(Collectors.toSet());

        assertThat(Fixtures.LAYOUT.columns()).isEqualTo(names);
    }

    private static JsonNode enriched(String userAgent) {
        SectionedEvent event =
                Fixtures.valid(
                        "1",
                        Fixtures.facts(Fixtures.NOW.minusSeconds(2), "a-1", null, null, userAgent));
        EventEnricher enricher = Fixtures.enricher(Fixtures.enrichments());
        EnrichedBatch batch =
                enricher.apply(
                        new FreshBatch(
                                List.of(Enriching.view(event).received()),
                                List.of(),
                                List.of(),
                                SequenceNumber.of("5")));
        return JsonMapper.shared()
                .readTree(batch.enriched().getFirst().event().requireEnrichment().toArray());
    }

    private static String at(JsonNode section, String name) {
        Column column =
                COLUMNS.stream().filter(c -> c.name().equals(name)).findFirst().orElseThrow();
        return section.at(pointerOf(column)).asString("");
    }

    private static @Nullable JsonPointer pointerOf(Column column) {
        return column.source() instanceof ColumnSource.InEvent source
                        && source.section() == EventSection.ENRICHMENT
                ? source.pointer()
                : null;
    }
}
