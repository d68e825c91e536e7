package dev.sluice.contracts.rejection;

import dev.sluice.contracts.event.Receipt;
import dev.sluice.contracts.event.Timestamps;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

/// One event, or one frame, that was not loaded: why, and its original bytes. A line of JSON in the
/// quarantine's objects.
///
/// @param quarantineId names the record by the stream position that gave rise to it, so that a
///     replay writes the same one again: `stream/shard/sequence/index`
/// @param stage the service that refused it: `validator`, `enricher` or `loader`
/// @param eventId absent when a whole frame is quarantined, as are tenant, source and receipt time
/// @param eventType as far as it could be read
/// @param contract the contract and version that was applied, if one was
/// @param original the client's bytes, untouched
public record QuarantineRecord(
        String quarantineId,
        String stage,
        RejectionReason reason,
        String message,
        List<Violation> violations,
        @Nullable String eventId,
        @Nullable String tenantId,
        @Nullable String sourceId,
        @Nullable String eventType,
        @Nullable String contract,
        @Nullable Instant receivedTs,
        Instant quarantinedTs,
        byte[] original) {

    private static final JsonMapper JSON = JsonMapper.shared();

    public QuarantineRecord {
        violations = List.copyOf(violations);
    }

    /// What was refused at a position of a stream. All of it comes from the stream, nothing from
    /// the machine or the moment, so that a replay makes the same record.
    ///
    /// @param receipt of the event; absent when not even that can be read
    /// @param arrivedAt when the stream took the record
    public static QuarantineRecord of(
            String stage,
            QuarantineId position,
            Rejection why,
            @Nullable Receipt receipt,
            @Nullable String eventType,
            @Nullable String contract,
            Instant arrivedAt,
            byte[] original) {
        return new QuarantineRecord(
                position.toString(),
                stage,
                why.reason(),
                why.message(),
                why.violations(),
                receipt == null ? null : receipt.eventId().value(),
                receipt == null ? null : receipt.tenantId().value(),
                receipt == null ? null : receipt.sourceId().value(),
                eventType,
                contract,
                receipt == null ? null : receipt.receivedTs(),
                arrivedAt,
                original);
    }

    /// One line, without the newline.
    public byte[] encode() {
        ObjectNode json = JSON.createObjectNode();
        json.put("quarantine_id", quarantineId);
        json.put("stage", stage);
        json.put("reason", reason.code());
        json.put("message", message);
        ArrayNode places = json.putArray("violations");
        violations.forEach(
                violation ->
                        places.addObject()
                                .put("pointer", violation.pointer())
                                .put("message", violation.message()));
        put(json, "event_id", eventId);
        put(json, "tenant_id", tenantId);
        put(json, "source_id", sourceId);
        put(json, "event_type", eventType);
        put(json, "contract", contract);
        put(json, "received_ts", receivedTs == null ? null : Timestamps.format(receivedTs));
        json.put("quarantined_ts", Timestamps.format(quarantinedTs));
        json.put("original_base64", Base64.getEncoder().encodeToString(original));
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    /// @throws IllegalArgumentException if the line is no quarantine record
    public static QuarantineRecord decode(String line) {
        JsonNode json = JSON.readTree(line);
        String received = text(json, "received_ts");
        return new QuarantineRecord(
                json.required("quarantine_id").stringValue(),
                json.required("stage").stringValue(),
                RejectionReason.ofCode(json.required("reason").stringValue()),
                json.required("message").stringValue(),
                json.required("violations")
                        .valueStream()
                        .map(
                                place ->
                                        new Violation(
                                                place.required("pointer").stringValue(),
                                                place.required("message").stringValue()))
                        .toList(),
                text(json, "event_id"),
                text(json, "tenant_id"),
                text(json, "source_id"),
                text(json, "event_type"),
                text(json, "contract"),
                received == null ? null : time(received),
                time(json.required("quarantined_ts").stringValue()),
                Base64.getDecoder().decode(json.required("original_base64").stringValue()));
    }

    private static void put(ObjectNode json, String name, @Nullable String value) {
        if (value != null) {
            json.put(name, value);
        }
    }

    private static @Nullable String text(JsonNode json, String name) {
        JsonNode value = json.get(name);
        return value == null ? null : value.stringValue();
    }

    private static Instant time(String text) {
        return Timestamps.parse(text)
                .orElseThrow(() -> new IllegalArgumentException("not a time: " + text));
    }
}
