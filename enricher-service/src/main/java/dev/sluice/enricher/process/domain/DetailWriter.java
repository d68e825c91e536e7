package dev.sluice.enricher.process.domain;

import dev.sluice.enricher.process.domain.DomainRule.CopiedField;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/// Copies the fields of a rule into a detail. One that would make the detail larger than a bus
/// takes is left out, and named in `omitted`.
final class DetailWriter {

    /// Bytes of all values together: with names and all else below the 256 KB that EventBridge
    /// takes in every partition.
    static final int MOST_BYTES = 128 << 10;

    private static final JsonMapper JSON = JsonMapper.shared();

    private final KnownFields known;

    DetailWriter(KnownFields known) {
        this.known = known;
    }

    JsonNode write(DomainRule rule, String eventType, FieldSource source) {
        ObjectNode detail = JSON.createObjectNode();
        ArrayNode omitted = JSON.createArrayNode();
        int left = MOST_BYTES;
        for (CopiedField field : rule.fields()) {
            JsonNode value = source.at(field.path());
            if (value.isMissingNode() || value.isNull()) {
                continue;
            }
            JsonNode kept =
                    wellFormed(field.whole() ? value : known.plain(eventType, field.path(), value));
            int size = kept.toString().getBytes(StandardCharsets.UTF_8).length;
            if (size > left) {
                omitted.add(field.path().name());
            } else {
                left -= size;
                detail.set(field.path().name(), kept);
            }
        }
        if (!omitted.isEmpty()) {
            detail.set("omitted", omitted);
        }
        return detail;
    }

    /// Half of a surrogate pair, which JSON can escape and UTF-8 cannot write, becomes `?`.
    private static JsonNode wellFormed(JsonNode value) {
        if (value.isString()) {
            return JSON.getNodeFactory().stringNode(wellFormed(value.stringValue()));
        }
        if (value.isArray()) {
            ArrayNode items = JSON.createArrayNode();
            value.values().forEach(item -> items.add(wellFormed(item)));
            return items;
        }
        if (value.isObject()) {
            ObjectNode fields = JSON.createObjectNode();
            for (Map.Entry<String, JsonNode> field : value.properties()) {
                fields.set(wellFormed(field.getKey()), wellFormed(field.getValue()));
            }
            return fields;
        }
        return value;
    }

    private static String wellFormed(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
