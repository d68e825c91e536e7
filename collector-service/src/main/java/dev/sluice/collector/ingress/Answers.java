package dev.sluice.collector.ingress;

import dev.sluice.collector.process.body.SplitBody;
import dev.sluice.collector.process.door.AdmittedBatch;
import dev.sluice.collector.process.door.AdmittedEvent;
import dev.sluice.collector.process.door.EventResult;
import dev.sluice.collector.producers.Signatures;
import dev.sluice.contracts.event.Receipt;
import dev.sluice.contracts.rejection.Rejection;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.ByteArrayBuilder;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/// The answers there are, with the codes that clients may rely on.
final class Answers {

    private static final JsonFactory JSON = new JsonFactory();

    private Answers() {}

    static Answer hello() {
        return json(200, json -> json.writeStringProperty("service", "sluice-collector"));
    }

    static Answer empty() {
        return json(200, json -> {});
    }

    /// The stream has every event of the batch; the bad ones are on their way to the quarantine.
    static Answer stored(AdmittedBatch batch) {
        return json(
                200,
                json -> {
                    counts(json, batch, batch.refused());
                    results(json, batch, "quarantined");
                });
    }

    /// To an SDK that only wants to hear that it was heard.
    static Answer success() {
        return json(200, json -> json.writeBooleanProperty("success", true));
    }

    /// To an SDK that reads no results of single events; a person who looks sees the counts.
    static Answer success(AdmittedBatch batch) {
        return json(
                200,
                json -> {
                    json.writeBooleanProperty("success", true);
                    counts(json, batch, batch.refused());
                });
    }

    /// To PostHog's newer SDKs, which send again only what has the result `retry`.
    static Answer posthog(AdmittedBatch batch) {
        Map<Integer, Rejection> refusals = new HashMap<>();
        for (EventResult result : batch.results()) {
            if (result.refusal() != null) {
                refusals.put(result.index(), result.refusal());
            }
        }
        return json(
                200,
                json -> {
                    json.writeObjectPropertyStart("results");
                    for (int i = 0; i < batch.received(); i++) {
                        result(json, batch.events().get(i), refusals.get(i));
                    }
                    json.writeEndObject();
                });
    }

    private static void result(
            JsonGenerator json, AdmittedEvent event, @Nullable Rejection refusal) {
        Receipt receipt = Receipt.decode(event.event().receipt());
        json.writeObjectPropertyStart(receipt.eventId().value());
        json.writeStringProperty("result", refusal == null ? "ok" : "drop");
        if (refusal != null) {
            json.writeStringProperty("details", refusal.message());
        }
        json.writeEndObject();
    }

    static Answer tooMany(int maxEvents) {
        return error(413, "too_many_events", "a request may hold " + maxEvents + " events at most");
    }

    /// Nothing was stored.
    static Answer nothingGood(AdmittedBatch batch) {
        return json(
                400,
                json -> {
                    error(json, "no_good_event", "none of the events could be accepted", x -> {});
                    counts(json, batch, 0);
                    results(json, batch, "refused");
                });
    }

    static Answer unreadable(SplitBody.Unreadable body) {
        return json(
                400,
                json ->
                        error(
                                json,
                                "malformed_json",
                                body.message(),
                                place -> {
                                    place.writeNumberProperty("line", body.line());
                                    place.writeNumberProperty("column", body.column());
                                    place.writeNumberProperty("byte", body.offset());
                                }));
    }

    /// More than can be worked on now; the connection stays, unlike after a 503.
    static Answer busy(Duration retryAfter) {
        return error(429, "busy", "too many requests at once; send the events again later")
                .with("Retry-After", seconds(retryAfter));
    }

    /// @param retryAfter told in whole seconds, the form that every SDK reads
    static Answer unavailable(String message, Duration retryAfter) {
        return error(503, "unavailable", message).with("Retry-After", seconds(retryAfter));
    }

    /// @param wait told in whole seconds, rounded up
    static Answer rateLimited(Duration wait) {
        return error(429, "rate_limited", "this write key has sent too much; send it again later")
                .with("Retry-After", seconds(wait.plusMillis(999)));
    }

    private static String seconds(Duration wait) {
        return String.valueOf(Math.max(1, wait.toSeconds()));
    }

    static Answer badSignature(Signatures.Verdict verdict) {
        return switch (verdict) {
            case GOOD -> throw new IllegalArgumentException("a good signature is no error");
            case MISSING ->
                    error(
                            401,
                            "signature_missing",
                            "send X-Sluice-Timestamp, X-Sluice-Nonce and X-Sluice-Signature");
            case EXPIRED ->
                    error(
                            401,
                            "signature_expired",
                            "X-Sluice-Timestamp is not within 5 minutes of now");
            case WRONG ->
                    error(
                            401,
                            "signature_wrong",
                            "X-Sluice-Signature is not v1= and the HMAC-SHA256 of"
                                    + " TIMESTAMP.NONCE.BODY");
            case REPLAYED -> error(401, "signature_replayed", "X-Sluice-Nonce was used before");
            case BUSY ->
                    unavailable(
                            "too many signed requests; send the events again later",
                            Duration.ofSeconds(5));
        };
    }

    static Answer methodNotAllowed(String method, String allowed) {
        return error(
                        405,
                        "method_not_allowed",
                        method + " is not supported here; allowed: " + allowed)
                .with("Allow", allowed);
    }

    /// @param code snake case, stable for ever
    static Answer error(int status, String code, String message) {
        return json(status, json -> error(json, code, message, x -> {}));
    }

    private static void error(
            JsonGenerator json, String code, String message, Consumer<JsonGenerator> more) {
        json.writeObjectPropertyStart("error");
        json.writeStringProperty("code", code);
        json.writeStringProperty("message", message);
        more.accept(json);
        json.writeEndObject();
    }

    private static void counts(JsonGenerator json, AdmittedBatch batch, int quarantined) {
        json.writeNumberProperty("received", batch.received());
        json.writeNumberProperty("accepted", batch.accepted());
        json.writeNumberProperty("quarantined", quarantined);
    }

    private static void results(JsonGenerator json, AdmittedBatch batch, String refused) {
        json.writeArrayPropertyStart("results");
        for (EventResult result : batch.results()) {
            json.writeStartObject();
            json.writeNumberProperty("index", result.index());
            json.writeStringProperty("event_id", result.eventId().value());
            Rejection refusal = result.refusal();
            json.writeStringProperty("status", refusal == null ? "accepted" : refused);
            if (refusal != null) {
                json.writeStringProperty("reason", refusal.reason().code());
                json.writeStringProperty("message", refusal.message());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static Answer json(int status, Consumer<JsonGenerator> members) {
        ByteArrayBuilder bytes = new ByteArrayBuilder(128);
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
            json.writeStartObject();
            members.accept(json);
            json.writeEndObject();
        }
        return Answer.json(status, bytes.toByteArray());
    }
}
