package dev.sluice.enricher.process.domain;

import dev.sluice.contracts.derived.SessionChange;
import dev.sluice.contracts.event.EventSection;
import dev.sluice.contracts.schema.Contract;
import dev.sluice.contracts.schema.ContractCatalog;
import dev.sluice.contracts.schema.PiiClass;
import dev.sluice.contracts.table.ColumnSource;
import dev.sluice.contracts.table.EventsTable;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Which fields there are, and which of them are personal: by the contracts as far as they go.
public final class KnownFields {

    /// What is known of a field.
    enum Kind {
        PLAIN,
        PERSONAL,
        UNKNOWN
    }

    private static final Set<String> ENVELOPE =
            Set.of(
                    "event_id",
                    "tenant_id",
                    "source_id",
                    "received_ts",
                    "event_type",
                    "original_type",
                    "schema_version",
                    "event_ts",
                    "client_event_ts",
                    "sent_ts",
                    "anonymous_id",
                    "user_id",
                    "session_id",
                    "ip",
                    "user_agent");

    private static final Set<String> PERSONAL =
            Set.of(
                    "/envelope/ip",
                    "/enrichment/geo/city",
                    "/enrichment/geo/lat",
                    "/enrichment/geo/lon",
                    "/session/entry_page",
                    "/session/exit_page",
                    "/session/referrer");

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Map<String, PiiClass> context;
    private final Map<String, Map<String, PiiClass>> properties = new HashMap<>();
    private final Set<String> others;

    public KnownFields(ContractCatalog contracts, EventsTable table) {
        context = contracts.envelope().piiClasses();
        for (String type : contracts.eventTypes()) {
            contracts
                    .latest(type)
                    .map(Contract::piiClasses)
                    .ifPresent(fields -> properties.put(type, fields));
        }
        others =
                table.stagingColumns().stream()
                        .map(column -> column.source())
                        .filter(ColumnSource.InEvent.class::isInstance)
                        .map(ColumnSource.InEvent.class::cast)
                        .filter(source -> source.section() == EventSection.ENRICHMENT)
                        .map(source -> "/enrichment" + source.pointer())
                        .collect(Collectors.toCollection(HashSet::new));
        ENVELOPE.forEach(name -> others.add("/envelope/" + name));
        Arrays.stream(SessionChange.class.getRecordComponents())
                .map(RecordComponent::getName)
                .map(name -> name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT))
                .forEach(name -> others.add("/session/" + name));
    }

    /// @param eventType of the event that has the field; of no meaning for a session's
    Kind kind(String eventType, FieldPath field) {
        String pointer = field.toString();
        return switch (field.root()) {
            case PROPERTIES, CONTEXT -> kind(classes(eventType, field.root()).get(anyIndex(field)));
            case ENVELOPE, ENRICHMENT, SESSION -> {
                if (PERSONAL.contains(pointer)) {
                    yield Kind.PERSONAL;
                }
                yield others.contains(pointer) ? Kind.PLAIN : Kind.UNKNOWN;
            }
        };
    }

    /// What of a value is declared and not personal.
    JsonNode plain(String eventType, FieldPath field, JsonNode value) {
        return switch (field.root()) {
            case PROPERTIES, CONTEXT ->
                    plain(classes(eventType, field.root()), anyIndex(field), value);
            case ENVELOPE, ENRICHMENT, SESSION -> value;
        };
    }

    private static JsonNode plain(Map<String, PiiClass> classes, String pointer, JsonNode value) {
        if (value.isObject()) {
            ObjectNode kept = JSON.createObjectNode();
            for (Map.Entry<String, JsonNode> field : value.properties()) {
                String below = pointer + JsonPointer.empty().appendProperty(field.getKey());
                if (classes.get(below) == PiiClass.NONE) {
                    kept.set(field.getKey(), plain(classes, below, field.getValue()));
                }
            }
            return kept;
        }
        if (value.isArray()) {
            ArrayNode kept = JSON.createArrayNode();
            String below = pointer + "/*";
            if (classes.get(below) == PiiClass.NONE) {
                value.values().forEach(item -> kept.add(plain(classes, below, item)));
            }
            return kept;
        }
        return value;
    }

    private Map<String, PiiClass> classes(String eventType, FieldPath.Root root) {
        return root == FieldPath.Root.CONTEXT
                ? context
                : properties.getOrDefault(eventType, Map.of());
    }

    private static Kind kind(@Nullable PiiClass found) {
        if (found == null) {
            return Kind.UNKNOWN;
        }
        return found == PiiClass.NONE ? Kind.PLAIN : Kind.PERSONAL;
    }

    /// As contracts write it: a `*` for any index of a list.
    private static String anyIndex(FieldPath field) {
        return field.toString().replaceAll("/\\d+(?=/|$)", "/*");
    }
}
