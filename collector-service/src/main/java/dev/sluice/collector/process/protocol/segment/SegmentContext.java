package dev.sluice.collector.process.protocol.segment;

import dev.sluice.collector.process.body.CanonicalEvent;
import dev.sluice.collector.process.body.JsonObject;
import dev.sluice.collector.process.body.JsonValue;
import dev.sluice.collector.process.protocol.ContextWriter;
import dev.sluice.collector.process.protocol.ForeignId;
import dev.sluice.collector.process.protocol.UserAgentData;

import org.jspecify.annotations.Nullable;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/// The context of one call: its own, then what the envelope adds, then whatever else it carries.
final class SegmentContext {

    /// Members of any call that have a place of their own in the canonical event.
    private static final Set<String> PLACED =
            Set.of(
                    "type",
                    "messageId",
                    "timestamp",
                    "originalTimestamp",
                    "sentAt",
                    "anonymousId",
                    "userId",
                    "writeKey");

    private static final Map<Call, Set<String>> PLACED_BY_CALL =
            Map.of(
                    Call.TRACK, Set.of("event"),
                    Call.IDENTIFY, Set.of(),
                    Call.PAGE, Set.of("name", "category"),
                    Call.SCREEN, Set.of("name", "category"),
                    Call.GROUP, Set.of("groupId"),
                    Call.ALIAS, Set.of("previousId"));

    private static final Set<Call> PROPERTIES = EnumSet.of(Call.TRACK, Call.PAGE, Call.SCREEN);
    private static final Set<Call> TRAITS = EnumSet.of(Call.IDENTIFY, Call.GROUP);
    private static final Map<String, String> RENAMED = Map.of("userAgent", "user_agent");

    /// Segment's name for client hints, and RudderStack's.
    private static final Set<String> CLIENT_HINTS = Set.of("userAgentData", "ua-ch");

    private final Call call;
    private final JsonObject event;
    private final JsonObject own;
    private final JsonObject ofEnvelope;

    SegmentContext(Call call, JsonObject event, JsonObject ofEnvelope) {
        this.call = call;
        this.event = event;
        own = event.object("context");
        this.ofEnvelope = ofEnvelope;
    }

    void writeTo(CanonicalEvent out) {
        ContextWriter context = new ContextWriter(out);
        own.forEach((name, value) -> member(context, name, value));
        ofEnvelope.forEach(
                (name, value) -> {
                    if (own.get(name) == null) {
                        member(context, name, value);
                    }
                });
        String id = event.scalar("messageId");
        if (id != null && !id.equals(ForeignId.fitted(id))) {
            context.put("message_id", id);
        }
        if (event.get("timestamp") != null) {
            originalTimestamp(context);
        }
        event.forEach((name, value) -> rest(context, name, value));
        context.end();
    }

    private void member(ContextWriter context, String name, JsonValue value) {
        boolean known = name.equals("sessionId") && value.scalar() != null;
        boolean repeated = name.equals("traits") && same(value, event.get("traits"));
        if (CLIENT_HINTS.contains(name) && value.isObject()) {
            UserAgentData.write(value.object(), context);
        } else if (!known && !repeated) {
            context.put(RENAMED.getOrDefault(name, name), value);
        }
    }

    private void originalTimestamp(ContextWriter context) {
        String original = event.scalar("originalTimestamp");
        if (original != null && !original.equals(event.scalar("timestamp"))) {
            context.put("original_timestamp", original);
        }
    }

    private void rest(ContextWriter context, String name, JsonValue value) {
        if (!isPlaced(name, value)) {
            context.put(name.equals("context") ? "context_raw" : name, value);
        }
    }

    /// Something of another type than its place takes has none.
    private boolean isPlaced(String name, JsonValue value) {
        return switch (name) {
            case "context" -> value.isObject();
            case "properties" -> value.isObject() && PROPERTIES.contains(call);
            case "traits" -> value.isObject() && TRAITS.contains(call);
            case "name", "category" -> PLACED_BY_CALL.getOrDefault(call, Set.of()).contains(name);
            default ->
                    (PLACED.contains(name)
                                    || PLACED_BY_CALL.getOrDefault(call, Set.of()).contains(name))
                            && !value.isObject()
                            && !value.isArray();
        };
    }

    private static boolean same(JsonValue value, @Nullable JsonValue other) {
        return other != null && value.bytes().equals(other.bytes());
    }
}
