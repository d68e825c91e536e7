package dev.sluice.collector.process.protocol.posthog;

import dev.sluice.collector.process.body.CanonicalEvent;
import dev.sluice.collector.process.body.JsonObject;
import dev.sluice.collector.process.body.JsonValue;
import dev.sluice.collector.process.protocol.ContextWriter;
import dev.sluice.collector.process.protocol.ForeignId;
import dev.sluice.collector.process.protocol.PageAddress;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// Where and with what an event was captured.
final class PosthogContext {

    private static final Set<String> PLACED = Set.of("$ip", "$useragent", "$locale", "$timezone");
    private static final Set<String> PLACED_MEMBERS =
            Set.of(
                    "event",
                    "properties",
                    "uuid",
                    "timestamp",
                    "distinct_id",
                    "session_id",
                    "api_key");

    private PosthogContext() {}

    static void write(
            JsonObject event, JsonObject properties, @Nullable String sdk, CanonicalEvent out) {
        ContextWriter context = new ContextWriter(out);
        String url = properties.string("$current_url");
        String path = properties.string("$pathname");
        Map<String, @Nullable String> page = new LinkedHashMap<>();
        page.put("url", url);
        page.put("path", path == null ? PageAddress.path(url) : path);
        page.put("referrer", properties.string("$referrer"));
        page.put("title", properties.string("$title"));
        context.put("page", page);
        context.put("library", library(properties, sdk));
        context.put("locale", properties.get("$locale"));
        context.put("timezone", properties.get("$timezone"));
        context.put("campaign", campaign(properties, url));
        context.put("ip", properties.get("$ip"));
        context.put(
                "user_agent",
                properties.get(properties.has("$useragent") ? "$useragent" : "$raw_user_agent"));
        String id = event.scalar("uuid");
        if (id != null && !id.equals(ForeignId.fitted(id))) {
            context.put("message_id", id);
        }
        rest(event, properties, context);
        context.end();
    }

    private static void rest(JsonObject event, JsonObject properties, ContextWriter context) {
        CanonicalEvent own = context.begin("posthog");
        event.forEach(
                (name, value) -> {
                    if (!isPlaced(name, value) && !value.isNull()) {
                        own.value(name, value);
                    }
                });
        properties.forEach(
                (name, value) -> {
                    if (name.startsWith("$") && !isPlaced(name, value, event, properties)) {
                        own.value(event.has(name) ? name + "_property" : name, value);
                    }
                });
        own.end();
    }

    /// Something of another type than its place takes has none.
    private static boolean isPlaced(String member, JsonValue value) {
        return PLACED_MEMBERS.contains(member)
                && (member.equals("properties") ? value.isObject() : isScalar(value));
    }

    private static boolean isPlaced(
            String property, JsonValue value, JsonObject event, JsonObject properties) {
        return switch (property) {
            case "$current_url", "$pathname", "$referrer", "$title" ->
                    value.isString() || value.isNull();
            case "$session_id" -> isScalar(value) && event.scalar("session_id") == null;
            case "$lib", "$lib_version" -> isScalar(value);
            case "$raw_user_agent" -> !properties.has("$useragent");
            default -> PLACED.contains(property);
        };
    }

    private static boolean isScalar(JsonValue value) {
        return !value.isObject() && !value.isArray();
    }

    private static Map<String, @Nullable String> library(
            JsonObject properties, @Nullable String sdk) {
        Map<String, @Nullable String> library = new LinkedHashMap<>();
        int slash = sdk == null ? -1 : sdk.indexOf('/');
        String name = properties.scalar("$lib");
        String version = properties.scalar("$lib_version");
        library.put(
                "name", name == null && sdk != null && slash > 0 ? sdk.substring(0, slash) : name);
        library.put(
                "version",
                version == null && sdk != null && slash > 0 ? sdk.substring(slash + 1) : version);
        return library;
    }

    private static Map<String, @Nullable String> campaign(
            JsonObject properties, @Nullable String url) {
        Map<String, @Nullable String> campaign = new LinkedHashMap<>();
        for (String field : new String[] {"source", "medium", "term", "content"}) {
            campaign.put(field, utm(properties, field));
        }
        campaign.put("name", utm(properties, "campaign"));
        campaign.values().removeIf(text -> text == null);
        return campaign.isEmpty() ? PageAddress.campaign(url) : campaign;
    }

    private static @Nullable String utm(JsonObject properties, String field) {
        String own = properties.string("$utm_" + field);
        return own == null ? properties.string("utm_" + field) : own;
    }
}
