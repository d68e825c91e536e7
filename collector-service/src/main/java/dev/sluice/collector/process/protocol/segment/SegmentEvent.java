package dev.sluice.collector.process.protocol.segment;

import dev.sluice.collector.process.body.CanonicalEvent;
import dev.sluice.collector.process.body.EventMapping;
import dev.sluice.collector.process.body.JsonObject;
import dev.sluice.collector.process.body.JsonValue;
import dev.sluice.collector.process.protocol.ForeignId;
import dev.sluice.collector.process.protocol.ForeignTime;
import dev.sluice.contracts.rejection.Rejection;

import org.jspecify.annotations.Nullable;

import java.util.Locale;
import java.util.Optional;

/// One call of the API as a canonical event (Segment's common fields and RudderStack's).
final class SegmentEvent implements EventMapping<JsonObject> {

    private final Envelope envelope;

    SegmentEvent(Envelope envelope) {
        this.envelope = envelope;
    }

    @Override
    public Optional<Rejection> map(JsonObject event, CanonicalEvent out) {
        Call own = Call.of(event.string("type"));
        Call call = own == null ? envelope.call() : own;
        if (call == null) {
            return malformed("type is none of identify, track, page, screen, group, alias");
        }
        String name = call == Call.TRACK ? event.string("event") : call(call);
        if (name == null) {
            return malformed("event, the name of what is tracked, is missing");
        }
        String timestamp = event.scalar("timestamp");
        out.text("event_id", ForeignId.fitted(event.scalar("messageId")))
                .text("event_type", name)
                .text(
                        "event_ts",
                        ForeignTime.rfc3339(
                                timestamp == null ? event.scalar("originalTimestamp") : timestamp))
                .text("sent_ts", ForeignTime.rfc3339(or(event.scalar("sentAt"), envelope.sentAt())))
                .text("anonymous_id", or(event.scalar("anonymousId"), envelope.anonymousId()))
                .text("user_id", event.scalar("userId"))
                .text(
                        "session_id",
                        or(
                                event.object("context").scalar("sessionId"),
                                envelope.context().scalar("sessionId")));
        new SegmentContext(call, event, envelope.context()).writeTo(out);
        properties(call, event, out);
        return Optional.empty();
    }

    private static void properties(Call call, JsonObject event, CanonicalEvent out) {
        JsonValue properties = event.get("properties");
        JsonObject traits = event.object("traits");
        switch (call) {
            case TRACK -> out.value("properties", isObject(properties) ? properties : null);
            case IDENTIFY ->
                    out.value(
                            "properties",
                            isObject(event.get("traits")) ? event.get("traits") : null);
            case PAGE, SCREEN -> {
                JsonObject own = event.object("properties");
                out.begin("properties");
                own.forEach(out::value);
                addMissing(out, own, "name", event.get("name"));
                addMissing(out, own, "category", event.get("category"));
                out.end();
            }
            case GROUP -> {
                out.begin("properties");
                out.text("group_id", event.scalar("groupId"));
                traits.forEach(
                        (name, value) ->
                                out.value(
                                        name.equals("group_id") ? "group_id_trait" : name, value));
                out.end();
            }
            case ALIAS -> {
                out.begin("properties");
                out.text("previous_id", event.scalar("previousId"));
                out.end();
            }
        }
    }

    private static void addMissing(
            CanonicalEvent out, JsonObject own, String name, @Nullable JsonValue value) {
        if (!own.has(name)) {
            out.value(name, value);
        }
    }

    private static boolean isObject(@Nullable JsonValue value) {
        return value != null && value.isObject();
    }

    private static String call(Call call) {
        return call.name().toLowerCase(Locale.ROOT);
    }

    private static @Nullable String or(@Nullable String first, @Nullable String second) {
        return first == null ? second : first;
    }

    private static Optional<Rejection> malformed(String why) {
        return Optional.of(new Rejection.Malformed(why));
    }
}
