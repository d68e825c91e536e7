package dev.sluice.collector.process.body;

import dev.sluice.contracts.event.Bytes;

import org.jspecify.annotations.Nullable;

import java.util.Set;
import java.util.function.UnaryOperator;

/// Writes an event anew with less, or with more, that says who sent it. Values that stay are copied
/// byte for byte. Thread-safe.
public final class IdentityRewriter {

    private static final Set<String> IDS = Set.of("anonymous_id", "user_id", "session_id");

    /// What describes a visit and not a visitor; anything else in a context may be an id.
    private static final Set<String> HARMLESS =
            Set.of(
                    "page",
                    "app",
                    "library",
                    "locale",
                    "timezone",
                    "screen",
                    "campaign",
                    "user_agent");

    /// Calls that say who somebody is, under the names that SDKs give them; so do their properties.
    private static final Set<String> IDENTIFYING =
            Set.of(
                    "identify",
                    "alias",
                    "group",
                    "$identify",
                    "$create_alias",
                    "$groupidentify",
                    "$set");

    private IdentityRewriter() {}

    /// Without the ids of person, device and session, without what of its context may identify, and
    /// without the properties of a call that says who somebody is. Of a refused event nothing stays
    /// but the reason: it cannot be told where its ids are.
    public static ReadEvent withoutIdentity(ReadEvent event) {
        if (event.refusal() != null) {
            Bytes nothing = new Bytes(new byte[0], 0, 0);
            return new ReadEvent(nothing, withoutIds(event.fields()), event.refusal());
        }
        String type = event.fields().eventType();
        boolean identifies = type != null && IDENTIFYING.contains(type);
        CanonicalEvent out = new CanonicalEvent(event.bytes().length());
        members(event)
                .forEach(
                        (name, value) -> {
                            if (name.equals("context")) {
                                harmless(value.object(), out);
                            } else if (name.equals("properties") && identifies) {
                                out.begin(name).end();
                            } else if (!IDS.contains(name)) {
                                out.value(name, value);
                            }
                        });
        return new ReadEvent(out.finish(), withoutIds(event.fields()), null);
    }

    /// With that anonymous id, if the event has none. A refused event stays as it was sent.
    public static ReadEvent withAnonymousId(ReadEvent event, String id) {
        EventFields fields = event.fields();
        if (event.refusal() != null || fields.anonymousId() != null) {
            return event;
        }
        CanonicalEvent out = new CanonicalEvent(event.bytes().length() + id.length() + 32);
        out.text("anonymous_id", id);
        members(event)
                .forEach(
                        (name, value) -> {
                            if (!name.equals("anonymous_id")) {
                                out.value(name, value);
                            }
                        });
        EventFields known =
                new EventFields(
                        fields.eventId(),
                        fields.eventType(),
                        id,
                        fields.userId(),
                        fields.sessionId());
        return new ReadEvent(out.finish(), known, null);
    }

    /// With the address in its context changed, if there is one. A refused event stays as it was
    /// sent.
    ///
    /// @param change gives null for what is no address, and it is left out
    public static ReadEvent withAddress(ReadEvent event, UnaryOperator<@Nullable String> change) {
        if (event.refusal() != null) {
            return event;
        }
        JsonObject members = members(event);
        if (members.object("context").get("ip") == null) {
            return event;
        }
        CanonicalEvent out = new CanonicalEvent(event.bytes().length());
        members.forEach(
                (name, value) -> {
                    if (name.equals("context")) {
                        out.begin(name);
                        address(value.object(), change, out);
                        out.end();
                    } else {
                        out.value(name, value);
                    }
                });
        return new ReadEvent(out.finish(), event.fields(), null);
    }

    private static void harmless(JsonObject context, CanonicalEvent out) {
        out.begin("context");
        context.forEach(
                (name, value) -> {
                    if (HARMLESS.contains(name)) {
                        out.value(name, value);
                    }
                });
        out.end();
    }

    private static void address(
            JsonObject context, UnaryOperator<@Nullable String> change, CanonicalEvent out) {
        context.forEach(
                (name, value) -> {
                    if (name.equals("ip")) {
                        out.text(name, change.apply(value.string()));
                    } else {
                        out.value(name, value);
                    }
                });
    }

    private static JsonObject members(ReadEvent event) {
        return JsonValue.parse(event.bytes()).object();
    }

    private static EventFields withoutIds(EventFields fields) {
        return new EventFields(fields.eventId(), fields.eventType(), null, null, null);
    }
}
