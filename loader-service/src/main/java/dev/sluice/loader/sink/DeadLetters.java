package dev.sluice.loader.sink;

import dev.sluice.contracts.event.Timestamps;
import dev.sluice.runtime.objects.ObjectStore;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import tools.jackson.databind.json.JsonMapper;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/// Says which events a sink refused for good, and why: a line of JSON each, in
/// `sinks/<sink>/refused/dt=YYYY-MM-DD/<window>.ndjson`. Nothing of the events but their ids: they
/// are in the warehouse and in the raw archive.
public final class DeadLetters {

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);
    private static final JsonMapper JSON = JsonMapper.shared();

    private final ObjectStore objects;
    private final String sink;

    /// @param sink its name
    public DeadLetters(ObjectStore objects, String sink) {
        this.objects = objects;
        this.sink = sink;
    }

    /// Returns when they are durable. The same window gives the same object.
    ///
    /// @param arrivedAt when the stream took the window's first record
    void write(String window, Instant arrivedAt, List<RefusedRow> refused) {
        if (refused.isEmpty()) {
            return;
        }
        String key =
                "sinks/%s/refused/dt=%s/%s.ndjson"
                        .formatted(sink, arrivedAt.atOffset(ZoneOffset.UTC).toLocalDate(), window);
        StringBuilder lines = new StringBuilder();
        refused.forEach(each -> lines.append(line(each)).append('\n'));
        objects.write(key, lines.toString().getBytes(StandardCharsets.UTF_8));
        LOG.warn(
                "{} refused {} events of window {}, such as for: {}; see {}",
                sink,
                refused.size(),
                window,
                refused.getFirst().why(),
                objects.uri(key));
    }

    private static String line(RefusedRow refused) {
        SinkRow row = refused.row();
        return JSON.createObjectNode()
                .put("event_id", row.receipt().eventId().value())
                .put("tenant_id", row.receipt().tenantId().value())
                .put("event_type", row.facts().eventType())
                .put("schema_version", row.facts().schemaVersion())
                .put("received_ts", Timestamps.format(row.receipt().receivedTs()))
                .put("position", row.position().toString())
                .put("reason", refused.why())
                .toString();
    }
}
