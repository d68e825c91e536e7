package dev.sluice.collector.process.protocol.clickstream;

import dev.sluice.collector.process.body.CanonicalEvent;
import dev.sluice.collector.process.body.EventMapping;
import dev.sluice.collector.process.body.JsonObject;
import dev.sluice.collector.process.body.JsonValue;
import dev.sluice.collector.process.protocol.ContextWriter;
import dev.sluice.collector.process.protocol.ForeignId;
import dev.sluice.collector.process.protocol.ForeignTime;
import dev.sluice.collector.process.protocol.PageAddress;
import dev.sluice.contracts.rejection.Rejection;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// One event of the SDK.
final class ClickstreamEvent implements EventMapping<JsonObject> {

    private static final Set<String> PLACED =
            Set.of(
                    "event_type",
                    "event_id",
                    "timestamp",
                    "app_id",
                    "sdk_name",
                    "sdk_version",
                    "screen_width",
                    "screen_height");
    private static final String SEARCH_TERM = "_search_term";

    private final @Nullable String sentTs;

    ClickstreamEvent(@Nullable String sentTs) {
        this.sentTs = sentTs;
    }

    @Override
    public Optional<Rejection> map(JsonObject event, CanonicalEvent out) {
        String type = event.string("event_type");
        if (type == null) {
            return Optional.of(new Rejection.Malformed("event_type is missing"));
        }
        JsonObject attributes = event.object("attributes");
        String device = event.scalar("device_id");
        out.text("event_id", ForeignId.fitted(event.scalar("event_id")))
                .text("event_type", type)
                .text("event_ts", ForeignTime.rfc3339(event.scalar("timestamp")))
                .text("sent_ts", sentTs)
                .text("anonymous_id", device == null ? event.scalar("unique_id") : device)
                .text("user_id", event.object("user").object("_user_id").scalar("value"))
                .text("session_id", attributes.scalar("_session_id"));
        context(event, attributes, out);
        out.begin("properties");
        attributes.forEach(
                (name, value) -> {
                    if (!name.startsWith("_") && !name.equals("items")) {
                        out.value(name, value);
                    }
                });
        if (type.equals("_search") && !attributes.has("query")) {
            out.value("query", attributes.get(SEARCH_TERM));
        }
        JsonValue items = event.get("items");
        out.value("items", items == null ? attributes.get("items") : items);
        out.end();
        return Optional.empty();
    }

    private static void context(JsonObject event, JsonObject attributes, CanonicalEvent out) {
        ContextWriter context = new ContextWriter(out);
        String url = attributes.string("_page_url");
        Map<String, @Nullable String> page = new LinkedHashMap<>();
        page.put("url", url);
        page.put("path", PageAddress.path(url));
        page.put("referrer", attributes.string("_latest_referrer"));
        page.put("title", attributes.string("_page_title"));
        context.put("page", page);
        context.put("app", texts("name", event.scalar("app_id")));
        Map<String, @Nullable String> library = texts("name", event.scalar("sdk_name"));
        library.put("version", event.scalar("sdk_version"));
        context.put("library", library);
        context.put("locale", event.get("locale"));
        context.screen(pixels(event, "screen_width"), pixels(event, "screen_height"));
        context.put("campaign", campaign(attributes, url));
        context.put("user", event.get("user"));
        String id = event.scalar("event_id");
        if (id != null && !id.equals(ForeignId.fitted(id))) {
            context.put("message_id", id);
        }
        rest(event, attributes, context);
        context.end();
    }

    private static Map<String, @Nullable String> campaign(
            JsonObject attributes, @Nullable String url) {
        Map<String, @Nullable String> campaign = new LinkedHashMap<>();
        for (String field : new String[] {"source", "medium", "term", "content"}) {
            campaign.put(field, attributes.string("_traffic_source_" + field));
        }
        campaign.put("name", attributes.string("_traffic_source_campaign"));
        campaign.values().removeIf(text -> text == null);
        return campaign.isEmpty() ? PageAddress.campaign(url) : campaign;
    }

    /// Device and SDK attributes; a screen that is not two whole numbers too.
    private static void rest(JsonObject event, JsonObject attributes, ContextWriter context) {
        CanonicalEvent own = context.begin("clickstream");
        boolean screen =
                pixels(event, "screen_width") != null && pixels(event, "screen_height") != null;
        event.forEach(
                (name, value) -> {
                    boolean odd = name.startsWith("screen_") && !screen;
                    if ((!isPlaced(name, value) || odd) && !value.isNull()) {
                        own.value(name, value);
                    }
                });
        attributes.forEach(
                (name, value) -> {
                    if (name.startsWith("_") && !isPlacedAttribute(name, value)) {
                        own.value(event.has(name) ? name + "_attribute" : name, value);
                    }
                });
        own.end();
    }

    /// Something of another type than its place takes has none.
    private static boolean isPlaced(String name, JsonValue value) {
        return switch (name) {
            case "attributes" -> value.isObject();
            case "items", "user", "locale" -> true;
            default -> PLACED.contains(name) && isScalar(value);
        };
    }

    private static boolean isPlacedAttribute(String name, JsonValue value) {
        return switch (name) {
            case "_session_id" -> isScalar(value);
            case "_page_title", "_page_url", "_latest_referrer" ->
                    value.isString() || value.isNull();
            default -> false;
        };
    }

    private static boolean isScalar(JsonValue value) {
        return !value.isObject() && !value.isArray();
    }

    private static @Nullable Integer pixels(JsonObject event, String name) {
        JsonValue value = event.get(name);
        String number = value == null || value.isString() ? null : value.scalar();
        return number != null && number.matches("\\d{1,6}") ? Integer.valueOf(number) : null;
    }

    private static Map<String, @Nullable String> texts(String name, @Nullable String text) {
        Map<String, @Nullable String> texts = new LinkedHashMap<>();
        texts.put(name, text);
        return texts;
    }
}
