package dev.sluice.enricher.process.domain;

import dev.sluice.contracts.event.Bytes;
import dev.sluice.contracts.event.SectionedEvent;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Fields of one event; a section is read when its first field is asked for.
final class EventFields implements FieldSource {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final SectionedEvent event;
    private @Nullable JsonNode body;
    private @Nullable JsonNode receipt;
    private @Nullable JsonNode checked;
    private @Nullable JsonNode enrichment;

    EventFields(SectionedEvent event) {
        this.event = event;
    }

    @Override
    public JsonNode at(FieldPath field) {
        return switch (field.root()) {
            case PROPERTIES, CONTEXT -> body().at(field.pointer());
            case ENRICHMENT -> enrichment().at(field.rest());
            case ENVELOPE -> envelope(field.rest());
            case SESSION -> JSON.missingNode();
        };
    }

    /// The receipt has what the collector saw, the checked facts have all else.
    private JsonNode envelope(JsonPointer name) {
        JsonNode facts = checked;
        if (facts == null) {
            facts = read(event.requireChecked());
            checked = facts;
        }
        JsonNode found = facts.at(name);
        return found.isMissingNode() ? receipt().at(name) : found;
    }

    private JsonNode receipt() {
        JsonNode read = receipt;
        if (read == null) {
            read = read(event.receipt());
            receipt = read;
        }
        return read;
    }

    private JsonNode body() {
        JsonNode read = body;
        if (read == null) {
            read = read(event.body());
            body = read;
        }
        return read;
    }

    private JsonNode enrichment() {
        JsonNode read = enrichment;
        if (read == null) {
            read = read(event.requireEnrichment());
            enrichment = read;
        }
        return read;
    }

    private static JsonNode read(Bytes section) {
        return JSON.readTree(section.array(), section.offset(), section.length());
    }
}
