package dev.sluice.contracts.rejection;

import dev.sluice.contracts.event.Bytes;
import dev.sluice.contracts.event.Receipt;
import dev.sluice.contracts.event.Timestamps;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// One event, or one frame, that was not loaded: why, and its original bytes. A line of JSON in the
/// quarantine's objects and on its stream.
///
/// @param quarantineId names the record by the stream position that gave rise to it, so that a
///     replay writes the same one again: `stream/shard/sequence/index`
/// @param stage the service that refused it: `validator`, `enricher` or `loader`; `loader-derived`
///     when it was no event, but something derived from events
/// @param receipt of the event; absent when a whole frame is quarantined, or when it cannot be read
/// @param eventType as far as it could be read
/// @param contract the contract and version that was applied, if one was
/// @param quarantinedTs when the stream took what was refused
/// @param original the client's bytes, untouched; empty if they are in an object of their own
/// @param originalKey of that object
public record QuarantineRecord(
        String quarantineId,
        String stage,
        RejectionReason reason,
        String message,
        List<Violation> violations,
        @Nullable Receipt receipt,
        @Nullable String eventType,
        @Nullable String contract,
        Instant quarantinedTs,
        byte[] original,
        @Nullable String originalKey) {

    /// What the key of every original with an object of its own starts with.
    public static final String ORIGINALS = "quarantine-originals/";

    /// What the key of every mended body starts with.
    public static final String MENDED = "quarantine-mended/";

    /// Larger originals get an object of their own: a record must go through a stream, and what
    /// does not compress stays as large as it is.
    public static final int LARGEST_ORIGINAL = 800_000;

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
                receipt,
                eventType,
                contract,
                arrivedAt,
                original,
                null);
    }

    public @Nullable String eventId() {
        return receipt == null ? null : receipt.eventId().value();
    }

    public @Nullable String tenantId() {
        return receipt == null ? null : receipt.tenantId().value();
    }

    public @Nullable String sourceId() {
        return receipt == null ? null : receipt.sourceId().value();
    }

    /// When the event was received; for what has no receipt, when the stream took it.
    public Instant receivedTs() {
        return receipt == null ? quarantinedTs : receipt.receivedTs();
    }

    /// The key under which the original has to be stored before the record is sent, if it is too
    /// large to be sent with it.
    public Optional<String> keyOfLargeOriginal() {
        return original.length > LARGEST_ORIGINAL
                ? Optional.of(ORIGINALS + quarantineId)
                : Optional.empty();
    }

    /// The key of the object that holds the body of a record as it was mended.
    public static String mendedKey(String quarantineId) {
        return MENDED + quarantineId + ".json";
    }

    /// The same record, its original being in an object.
    public QuarantineRecord withOriginalAt(String key) {
        return new QuarantineRecord(
                quarantineId,
                stage,
                reason,
                message,
                violations,
                receipt,
                eventType,
                contract,
                quarantinedTs,
                new byte[0],
                key);
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
        if (receipt != null) {
            json.set("receipt", JSON.readTree(receipt.encode().toArray()));
        }
        put(json, "event_type", eventType);
        put(json, "contract", contract);
        json.put("quarantined_ts", Timestamps.format(quarantinedTs));
        putOriginal(json);
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    /// @throws IllegalArgumentException if the line is no quarantine record
    public static QuarantineRecord decode(String line) {
        try {
            return decode(JSON.readTree(line));
        } catch (JacksonException e) {
            throw new IllegalArgumentException("not a quarantine record", e);
        }
    }

    private static QuarantineRecord decode(JsonNode json) {
        JsonNode receipt = json.get("receipt");
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
                receipt == null ? null : Receipt.decode(bytes(receipt.toString())),
                text(json, "event_type"),
                text(json, "contract"),
                time(json.required("quarantined_ts").stringValue()),
                original(json),
                text(json, "original_key"));
    }

    /// As text if it is some, which compresses better and can be read.
    private void putOriginal(ObjectNode json) {
        if (originalKey != null) {
            json.put("original_key", originalKey);
            return;
        }
        try {
            CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(original));
            json.put("original", text.toString());
        } catch (CharacterCodingException e) {
            json.put("original_base64", Base64.getEncoder().encodeToString(original));
        }
    }

    private static byte[] original(JsonNode json) {
        String text = text(json, "original");
        String base64 = text(json, "original_base64");
        if (text != null) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        return base64 == null ? new byte[0] : Base64.getDecoder().decode(base64);
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

    private static Bytes bytes(String text) {
        return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Instant time(String text) {
        return Timestamps.parse(text)
                .orElseThrow(() -> new IllegalArgumentException("not a time: " + text));
    }
}
