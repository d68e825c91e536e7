package dev.sluice.contracts.event;

import dev.sluice.contracts.rejection.Rejection;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// What the collector knows of an event and nobody can learn later; the first section.
///
/// @param eventId the client's own id, or the one given at the door
/// @param receivedTs when the collector had the whole request, to the microsecond, and a
///     microsecond more for each event before it in the request: no two receipts of one event id
///     are alike
/// @param partitionKey what keeps the events of one device together, see `contracts.key`
/// @param ip the sender's address as the collector saw it
/// @param userAgent the request's `User-Agent`, cut at 1024 bytes
/// @param refusal why the event cannot be accepted, when that was already plain at the door; such
///     an event travels on only to reach the quarantine
public record Receipt(
        EventId eventId,
        TenantId tenantId,
        SourceId sourceId,
        Instant receivedTs,
        String partitionKey,
        @Nullable String ip,
        @Nullable String userAgent,
        @Nullable Rejection refusal) {

    /// The same receipt without what the door had against the body as it came.
    public Receipt withoutRefusal() {
        return new Receipt(
                eventId, tenantId, sourceId, receivedTs, partitionKey, ip, userAgent, null);
    }

    public Bytes encode() {
        return SectionJson.write(
                json -> {
                    json.text("event_id", eventId.value());
                    json.text("tenant_id", tenantId.value());
                    json.text("source_id", sourceId.value());
                    json.time("received_ts", receivedTs);
                    json.text("partition_key", partitionKey);
                    json.text("ip", ip);
                    json.text("user_agent", userAgent);
                    json.rejection("refusal", refusal);
                });
    }

    /// @throws IllegalArgumentException if the bytes are not a receipt
    public static Receipt decode(Bytes section) {
        SectionJson.Fields json = SectionJson.read(EventSection.RECEIPT, section);
        return new Receipt(
                new EventId(json.requireText("event_id")),
                new TenantId(json.requireText("tenant_id")),
                new SourceId(json.requireText("source_id")),
                json.requireTime("received_ts"),
                json.requireText("partition_key"),
                json.text("ip"),
                json.text("user_agent"),
                json.rejection("refusal"));
    }
}
