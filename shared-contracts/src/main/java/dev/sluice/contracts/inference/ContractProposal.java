package dev.sluice.contracts.inference;

import dev.sluice.contracts.schema.ContractId;
import dev.sluice.contracts.schema.EventTypeId;
import dev.sluice.contracts.schema.Owner;
import dev.sluice.contracts.schema.PiiClass;
import dev.sluice.contracts.schema.SchemaVer;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Gathers events of a type that no contract describes and proposes one that they all keep.
/// What only a person knows, the meaning of a field and whether it is about people, is marked
/// as a guess.
public final class ContractProposal {

    /// With fewer events nothing is proposed to be required.
    private static final int ENOUGH = 20;

    private static final SchemaVer FIRST = new SchemaVer(1, 0, 0);
    private static final int SHORTEST = 64;
    private static final int LONGEST = 16_000;
    private static final int MOST_ITEMS = 100;

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final ContractId id;
    private final Owner owner;
    private final FieldSample properties = new FieldSample();
    private final Set<String> columns = new HashSet<>();
    private int events;

    public ContractProposal(EventTypeId eventType, Owner owner) {
        this.id = new ContractId(eventType, FIRST);
        this.owner = owner;
    }

    /// Looks at one event's properties; anything but an object counts as none.
    public void add(JsonNode eventProperties) {
        events++;
        if (eventProperties.isObject()) {
            properties.add(eventProperties);
        }
    }

    /// How many events were looked at.
    public int events() {
        return events;
    }

    /// The contract, version 1-0-0, as a file of JSON.
    public String json() {
        ObjectNode document = JSON.createObjectNode();
        document.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        document.put("$id", "urn:sluice:contract:" + id.toString().replace('/', ':'));
        document.put("title", title());
        document.put("description", "Proposed from %d events.".formatted(events));
        document.putObject("x-owner").put("team", owner.team()).put("contact", owner.contact());
        document.put("type", "object");
        columns.clear();
        fields(document, properties, events, id.eventType());
        return JSON.writeValueAsString(document) + "\n";
    }

    private String title() {
        String words = id.eventType().replace('_', ' ');
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    private void fields(ObjectNode object, FieldSample sample, int outOf, String column) {
        ArrayNode required = JSON.createArrayNode();
        ObjectNode described = JSON.createObjectNode();
        for (Map.Entry<String, FieldSample> field : sample.fields().entrySet()) {
            String name = field.getKey();
            boolean always = outOf >= ENOUGH && field.getValue().present() == outOf;
            if (always) {
                required.add(name);
            }
            String place = column.isEmpty() ? "" : column + "_" + snake(name);
            described.set(name, field(name, field.getValue(), outOf, always, place));
        }
        if (!required.isEmpty()) {
            object.set("required", required);
        }
        object.set("properties", described);
        object.put("additionalProperties", true);
    }

    /// @param column the name of a column for it; empty where there can be none
    private ObjectNode field(
            String name, FieldSample sample, int outOf, boolean always, String column) {
        ObjectNode field = JSON.createObjectNode();
        Set<String> types = sample.types();
        if (types.size() == 1 && always) {
            field.put("type", types.iterator().next());
        } else if (!types.isEmpty()) {
            ArrayNode all = field.putArray("type");
            types.forEach(all::add);
            if (!always) {
                all.add("null");
            }
        }
        field.put("description", "Seen in %d of %d.".formatted(sample.present(), outOf));
        if (types.contains("string")) {
            text(field, sample);
        }
        if (types.contains("array")) {
            list(name, field, sample);
        }
        if (types.contains("object")) {
            fields(field, sample, sample.present(), types.size() == 1 ? column : "");
        }
        PiiClass pii = PersonalNames.guess(name);
        field.put("x-pii", pii.text());
        boolean kept = pii == PiiClass.NONE || pii == PiiClass.MASK;
        if (types.size() == 1 && kept && !column.isEmpty() && column.length() <= 63) {
            column(field, types.iterator().next(), sample, column);
        }
        field.put("x-since", FIRST.toString());
        return field;
    }

    private static void text(ObjectNode field, FieldSample sample) {
        if (sample.onlyTimes()) {
            field.put("format", "date-time");
        }
        field.put("maxLength", room(sample.longestText()));
    }

    /// Twice what was seen, as a power of two.
    private static int room(int longest) {
        int room = SHORTEST;
        while (room < 2 * longest && room < LONGEST) {
            room *= 2;
        }
        return Math.max(Math.min(room, LONGEST), longest);
    }

    private void list(String name, ObjectNode field, FieldSample sample) {
        field.put("maxItems", Math.max(MOST_ITEMS, 2 * sample.longestList()));
        FieldSample items = sample.items();
        if (items != null) {
            field.set("items", field(name, items, items.present(), false, ""));
        }
    }

    private void column(ObjectNode field, String type, FieldSample sample, String name) {
        String sql =
                switch (type) {
                    case "boolean" -> "BOOLEAN";
                    case "integer" -> "BIGINT";
                    case "number" -> "DOUBLE PRECISION";
                    case "array" -> "SUPER";
                    case "string" ->
                            sample.onlyTimes()
                                    ? "TIMESTAMP"
                                    : "VARCHAR(%d)"
                                            .formatted(
                                                    Math.min(
                                                            4 * room(sample.longestText()),
                                                            65_535));
                    default -> "";
                };
        if (!sql.isEmpty() && columns.add(name)) {
            field.putObject("x-column").put("name", name).put("type", sql);
        }
    }

    private static String snake(String name) {
        return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "_");
    }
}
