package dev.sluice.collector.process.protocol.posthog;

import dev.sluice.collector.process.body.CanonicalEvent;
import dev.sluice.collector.process.body.JsonObject;
import dev.sluice.collector.process.protocol.ContextWriter;
import dev.sluice.collector.process.protocol.ForeignId;
import dev.sluice.collector.process.protocol.PageAddress;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// Where and with what an event was captured.
final class PosthogContext {

    private static final Set<String> PLACED =
            Set.of(
                    "$session_id",
                    "$lib",
                    "$lib_version",
                    "$current_url",
                    "$pathname",
                    "$referrer",
                    "$title",
                    "$ip",
                    "$useragent",
                    "$raw_user_agent",
                    "$locale",
                    "$timezone");
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

    /// Whether a property is PostHog's and not the app's.
    static boolean isOwn(String property) {
        return property.startsWith("$") || property.equals("token");
    }

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
                    if (!PLACED_MEMBERS.contains(name)
                            && !name.startsWith("$")
                            && !value.isNull()) {
                        own.value(name, value);
                    }
                });
        properties.forEach(
                (name, value) -> {
                    if (name.startsWith("$") && !PLACED.contains(name)) {
                        own.value(name, value);
                    }
                });
        own.end();
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
