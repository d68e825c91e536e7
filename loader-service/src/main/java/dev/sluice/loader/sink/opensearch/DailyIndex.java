package dev.sluice.loader.sink.opensearch;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/// The indices: one for each day on which events were received, `<prefix>-2026.11.21`. The day of
/// receipt never changes and is never far off; the time at which a client says it happened may be.
///
/// @param prefix of their names
/// @param refresh how long a document waits until it is found, such as `10s`
public record DailyIndex(String prefix, int shards, int replicas, String refresh) {

    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("uuuu.MM.dd").withZone(ZoneOffset.UTC);
    private static final JsonMapper JSON = JsonMapper.shared();

    /// Templates of OpenSearch's own and of its plugins have less.
    private static final int PRIORITY = 300;

    String of(Instant receivedTs) {
        return prefix + "-" + DAY.format(receivedTs);
    }

    /// Stands for all of them.
    String all() {
        return prefix + "-*";
    }

    /// The index template. What a document has beyond its mapping is kept and not searched.
    byte[] template(List<DocumentField> fields) {
        ObjectNode root = JSON.createObjectNode().put("priority", PRIORITY);
        root.putArray("index_patterns").add(all());
        ObjectNode template = root.putObject("template");
        template.putObject("settings")
                .put("number_of_shards", shards)
                .put("number_of_replicas", replicas)
                .put("refresh_interval", refresh);
        ObjectNode mappings = template.putObject("mappings").put("dynamic", false);
        ObjectNode properties = mappings.putObject("properties");
        fields.forEach(field -> properties.putObject(field.name()).put("type", field.mapping()));
        properties.putObject(BulkBody.SUBJECTS).put("type", "keyword").put("doc_values", false);
        return root.toString().getBytes(StandardCharsets.UTF_8);
    }
}
